"""What Qt does not mirror is mirrored by the program, where lines run from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui import mirror
from studio.ui.theme import Theme
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import file_size

WHOLE = QRect(10, 0, 100, 20)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_style_sheet_is_turned_round_and_back() -> None:
    sheet = (
        "a { padding: 0 28px 0 11px; } b { padding: 0 9px; border-left: 1px solid; }"
        " c { border-top-right-radius: 4px; padding-left: 2px; border-left-width: 0; }"
    )
    turned = mirror.sheet(sheet)
    assert turned == (
        "a { padding: 0 28px 0 11px; } b { padding: 0 9px; border-right: 1px solid; }"
        " c { border-top-left-radius: 4px; padding-left: 2px; border-right-width: 0; }"
    )
    assert mirror.sheet(turned) == sheet


@pytest.mark.usefixtures("mirrored")
def test_the_real_style_sheet_is_turned_round(theme: Theme) -> None:
    assert 'QFrame[look="rail"]' in theme.stylesheet()
    rail = theme.stylesheet().split('QFrame[look="rail"]')[1].split("}")[0]
    assert "border-left: 1px" in rail


@pytest.mark.usefixtures("qapp")
def test_nothing_is_turned_round_in_english() -> None:
    place = QRect(12, 0, 5, 5)
    assert mirror.placed(place, WHOLE) == place
    assert mirror.icon_name("chevron-left") == "chevron-left"
    assert file_size(98_000_000).startswith("98")


@pytest.mark.usefixtures("mirrored")
def test_a_place_is_as_far_from_the_other_side() -> None:
    assert mirror.placed(QRect(12, 3, 5, 6), WHOLE) == QRect(103, 3, 5, 6)
    assert mirror.placed(mirror.placed(QRect(12, 3, 5, 6), WHOLE), WHOLE) == QRect(12, 3, 5, 6)


@pytest.mark.usefixtures("mirrored")
def test_arrows_point_the_other_way_and_other_icons_stay() -> None:
    assert mirror.icon_name("chevron-left") == "chevron-right"
    assert mirror.icon_name("arrow-right") == "arrow-left"
    assert mirror.icon_name("chevron-down") == "chevron-down"


@pytest.mark.usefixtures("mirrored")
def test_a_path_is_drawn_in_its_own_direction_at_the_right() -> None:
    path, arabic = mirror.at_start("/home/me/a.gguf"), mirror.at_start("نموذج")
    assert path & int(Qt.TextFlag.TextForceLeftToRight)
    assert not arabic & int(Qt.TextFlag.TextForceLeftToRight)
    assert path & arabic & int(Qt.AlignmentFlag.AlignRight)
    assert mirror.at_end("98 MB") & int(Qt.AlignmentFlag.AlignLeft)


@pytest.mark.usefixtures("mirrored")
def test_a_unit_stays_behind_its_number(qtbot: QtBot) -> None:
    assert file_size(98_000_000) == "\N{LEFT-TO-RIGHT ISOLATE}98 MB\N{POP DIRECTIONAL ISOLATE}"
    made = label("tiny")
    qtbot.addWidget(made)
    assert made.alignment() & Qt.AlignmentFlag.AlignRight
