"""Where a loaded model runs is told as it is, also when only a part is on the graphics card."""

from __future__ import annotations

import pytest
from support.loaded_model import loaded

from studio.engine.language import device_words


@pytest.mark.parametrize(
    ("offloaded", "device", "offload"),
    [
        (0, "CPU", "CPU"),
        (1, "GPU + CPU", "GPU + CPU, 1 of 31 layers on the GPU"),
        (30, "GPU + CPU", "GPU + CPU, 30 of 31 layers on the GPU"),
        (31, "GPU", "GPU"),
    ],
)
def test_the_device_says_what_was_really_offloaded(
    offloaded: int, device: str, offload: str
) -> None:
    model = loaded(layers=30, layers_offloaded=offloaded, device=device_words(offloaded, 30))
    assert model.device == device
    assert model.offload == offload
