"""A bare llama.cpp loop in a process of its own: what the program is measured against.

Speaks JSON lines: ``{"decode": N}`` reads a prompt, writes N tokens and answers with tokens per
second; ``{"read": [KEPT, NEW]}`` reads KEPT tokens, then times reading NEW more and choosing one.
Runs at the priority of the program's own workers, so that what else the machine does at the time
costs both the same.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from typing import Any

import llama_cpp

from studio.workers.serve import stand_back

THREADS = 2
CONTEXT = 4096
BATCH = 512
PROMPT = (
    "<|im_start|>system\nYou are a helpful assistant. Answer briefly.<|im_end|>\n"
    "<|im_start|>user\nTell me a long story about a dog.<|im_end|>\n<|im_start|>assistant\n"
)


class BareModel:
    """Model, context and a greedy sampler, without anything around them."""

    def __init__(self, path: str) -> None:
        llama_cpp.llama_backend_init()
        params = llama_cpp.llama_model_default_params()
        # As the program does: AMX kernels fault on some machines.
        params.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
        self.model = llama_cpp.llama_model_load_from_file(path.encode(), params)
        context = llama_cpp.llama_context_default_params()
        context.n_ctx, context.n_batch, context.n_ubatch = CONTEXT, BATCH, BATCH
        context.n_threads = context.n_threads_batch = THREADS
        self.context = llama_cpp.llama_init_from_model(self.model, context)
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)
        self.sampler = llama_cpp.llama_sampler_chain_init(
            llama_cpp.llama_sampler_chain_default_params()
        )
        size = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        penalties = llama_cpp.llama_sampler_init_penalties(size, 64, 1.1, 0.0, 0.0)
        llama_cpp.llama_sampler_chain_add(self.sampler, penalties)
        llama_cpp.llama_sampler_chain_add(self.sampler, llama_cpp.llama_sampler_init_greedy())

    def tokenize(self, text: str) -> list[int]:
        """Return the tokens of a text."""
        data = text.encode()
        buffer = (ctypes.c_int32 * (len(data) + 8))()
        count = llama_cpp.llama_tokenize(
            self.vocabulary, data, len(data), buffer, len(buffer), False, True
        )
        return list(buffer[:count])

    def forget(self) -> None:
        """Empty the cache."""
        memory = llama_cpp.llama_get_memory(self.context)
        assert memory is not None
        llama_cpp.llama_memory_clear(memory, True)

    def read(self, tokens: list[int]) -> None:
        """Evaluate tokens in batches."""
        for start in range(0, len(tokens), BATCH):
            part = tokens[start : start + BATCH]
            array = (ctypes.c_int32 * len(part))(*part)
            batch = llama_cpp.llama_batch_get_one(array, len(part))
            assert llama_cpp.llama_decode(self.context, batch) == 0

    def choose(self) -> int:
        """Choose the next token."""
        return int(llama_cpp.llama_sampler_sample(self.sampler, self.context, -1))

    def decode(self, count: int) -> float:
        """Write ``count`` tokens after the prompt; return tokens per second."""
        self.forget()
        self.read(self.tokenize(PROMPT))
        token = self.choose()
        array = (ctypes.c_int32 * 1)(token)
        began = time.perf_counter()
        for _ in range(count - 1):
            array[0] = token
            assert (
                llama_cpp.llama_decode(self.context, llama_cpp.llama_batch_get_one(array, 1)) == 0
            )
            token = self.choose()
        return (count - 1) / (time.perf_counter() - began)

    def read_more(self, kept: int, new: int) -> float:
        """Return the seconds that ``new`` tokens take after ``kept``."""
        story = (self.tokenize(PROMPT) * (1 + (kept + new) // 30))[: kept + new]
        self.forget()
        self.read(story[:kept])
        llama_cpp.llama_synchronize(self.context)
        began = time.perf_counter()
        self.read(story[kept:])
        self.choose()
        return time.perf_counter() - began


def main() -> None:
    """Answer requests from standard input."""
    stand_back()
    model = BareModel(sys.argv[1])
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        if "decode" in request:
            answer = model.decode(request["decode"])
        else:
            answer = model.read_more(*request["read"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
