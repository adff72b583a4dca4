"""The estimate is held against the memory that a real load takes on this machine."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from support.starter import STARTER

from studio.engine.language import LoadSettings
from studio.library import fit, hardware
from studio.library.gguf import read_header

# Loads as the language worker does, reads one full batch, and prints how far the peak rose.
_LOAD = """
import json, sys
from pathlib import Path
import llama_cpp

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024

path, context = sys.argv[1], int(sys.argv[2])
llama_cpp.llama_backend_init()
before = peak()
params = llama_cpp.llama_model_default_params()
params.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
params.n_gpu_layers = 0
model = llama_cpp.llama_model_load_from_file(path.encode(), params)
params = llama_cpp.llama_context_default_params()
params.n_ctx = context
params.n_batch = params.n_ubatch = 512
params.n_seq_max = params.n_outputs_max = 1
handle = llama_cpp.llama_init_from_model(model, params)
tokens = (llama_cpp.llama_token * 512)(*range(1000, 1512))
assert llama_cpp.llama_decode(handle, llama_cpp.llama_batch_get_one(tokens, 512)) == 0
print(json.dumps(peak() - before))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.skipif(not STARTER.exists(), reason="the starter model is not here")
def test_estimate_is_within_ten_percent_of_a_real_load() -> None:
    context = 2048
    finished = subprocess.run(
        [sys.executable, "-c", _LOAD, str(STARTER), str(context)],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    measured = json.loads(finished.stdout.splitlines()[-1])
    need = fit.estimate(read_header(STARTER), LoadSettings(context=context), hardware.probe().flags)
    assert need.total == pytest.approx(measured, rel=0.1)
