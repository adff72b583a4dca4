"""A pair of settings that llama.cpp refuses is refused before anything is loaded."""

from __future__ import annotations

import pytest

from studio.engine.language import LoadSettings
from studio.errors import StudioError


@pytest.mark.parametrize("cache_type", ["q8_0", "q4_0"])
def test_a_small_cache_needs_the_faster_attention(cache_type: str) -> None:
    with pytest.raises(StudioError) as caught:
        LoadSettings(cache_type=cache_type, flash_attention=False).check()
    assert caught.value.code == "settings.cache_needs_attention"
    assert cache_type in caught.value.what
    assert "Faster attention" in caught.value.hint


@pytest.mark.parametrize(
    "settings",
    [
        LoadSettings(cache_type="q8_0"),
        LoadSettings(cache_type="q4_0", flash_attention=True),
        LoadSettings(flash_attention=False),
    ],
)
def test_all_others_go_together(settings: LoadSettings) -> None:
    settings.check()
