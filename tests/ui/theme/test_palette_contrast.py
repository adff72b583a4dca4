"""The colours keep the contrasts that the look promises, by the formula of WCAG 2."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from studio.ui.theme import DARK, LIGHT, Palette

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@PALETTES
@pytest.mark.parametrize(
    ("token", "least"), [("text", 15), ("muted", 6.4), ("faint", 4.7), ("accent", 6)]
)
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_words_on_the_grounds(palette: Palette, token: str, least: float, ground: str) -> None:
    assert contrast(getattr(palette, token), getattr(palette, ground)) >= least


@PALETTES
@pytest.mark.parametrize("token", ["text", "muted", "faint", "accent", "success", "warning"])
@pytest.mark.parametrize("ground", ["raised", "code"])
def test_words_on_other_grounds_stay_readable(palette: Palette, token: str, ground: str) -> None:
    assert contrast(getattr(palette, token), getattr(palette, ground)) >= 4.5


@PALETTES
@pytest.mark.parametrize("token", ["text", "muted", "accent", "success", "warning", "danger"])
def test_words_on_a_selected_row(palette: Palette, token: str) -> None:
    assert contrast(getattr(palette, token), palette.accent_pale) >= 4.5


@PALETTES
@pytest.mark.parametrize("ground", ["accent", "accent_deep"])
def test_words_on_the_accent(palette: Palette, ground: str) -> None:
    assert contrast(palette.on_accent, getattr(palette, ground)) >= 6


@PALETTES
@pytest.mark.parametrize("token", ["success", "warning", "danger"])
def test_verdicts_are_readable(palette: Palette, token: str) -> None:
    assert contrast(getattr(palette, token), palette.bg) >= 5.8


@PALETTES
@pytest.mark.parametrize("ground", ["bg", "surface", "raised"])
def test_outlines_of_controls_can_be_seen(palette: Palette, ground: str) -> None:
    assert contrast(palette.edge, getattr(palette, ground)) >= 3


@PALETTES
def test_every_token_is_a_colour(palette: Palette) -> None:
    for token, color in asdict(palette).items():
        assert palette.color(token).isValid()
        assert len(color) == 7


@PALETTES
def test_words_that_were_found_are_readable(palette: Palette) -> None:
    assert contrast(palette.text, palette.mark) >= 7
    assert contrast(palette.mark, palette.bg) >= 1.15
