"""The look of the whole window: colours, type, space and icons, each declared here once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui import mirror
from studio.ui.icons import tinted


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one appearance, as ``#RRGGBB``.

    ``border`` is for hairlines; ``edge`` (3:1 and more) for the outline of something to act on;
    ``accent_pale`` lies under a selection or a marked passage; ``accent_deep`` is a hovered accent;
    ``mark`` lies under words that were found.
    """

    bg: str
    surface: str
    raised: str
    border: str
    edge: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_deep: str
    on_accent: str
    accent_pale: str
    mark: str
    success: str
    warning: str
    danger: str
    code: str

    def color(self, token: str) -> QColor:
        """Return a token's colour."""
        return QColor(str(getattr(self, token)))


LIGHT = Palette(
    bg="#FAF9F7",
    surface="#FFFFFF",
    raised="#F2F0EC",
    border="#DEDAD3",
    edge="#8C867D",
    text="#1D1C1A",
    muted="#5C5852",
    faint="#716C65",
    accent="#0B6B63",
    accent_deep="#08554F",
    on_accent="#FFFFFF",
    accent_pale="#DDEEEB",
    mark="#FBE7A1",
    success="#0A6B45",
    warning="#93500A",
    danger="#B42318",
    code="#F4F2EE",
)
DARK = Palette(
    bg="#141413",
    surface="#1B1B19",
    raised="#252523",
    border="#363632",
    edge="#74716A",
    text="#F2F0EC",
    muted="#AAA69E",
    faint="#918D85",
    accent="#4FC7B8",
    accent_deep="#74D8CB",
    on_accent="#08211E",
    accent_pale="#173532",
    mark="#574712",
    success="#5CC796",
    warning="#F2B45A",
    danger="#F58A80",
    code="#20201E",
)

SPACE = (4, 8, 12, 16, 24, 32, 48)
CAPTION, CONTROL, READING, SECTION, PAGE = 12, 13, 15, 17, 22
RADIUS, CARD_RADIUS = 6, 10
CONTROL_HEIGHT = 32
RAIL_WIDTH = 56
READING_WIDTH = 760
READING_WIDTHS = {"narrow": 600, "medium": READING_WIDTH, "wide": 960, "full": 0}
UNBOUND_WIDTH = 16_777_215  # what Qt takes for no bound
MOTION_MS = 140
TEXT_SIZES = range(11, 25)

_MONO_FAMILIES = (
    "JetBrains Mono",
    "Cascadia Mono",
    "SF Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
    "Noto Sans Mono",
    "Liberation Mono",
    "monospace",
)
_SERIF_FAMILIES = (
    "Source Serif 4",
    "Charter",
    "Georgia",
    "Noto Serif",
    "DejaVu Serif",
    "Liberation Serif",
    "serif",
)
SERIF = "serif"
_ACCENT_ROLES = (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent)


class Theme(QObject):
    """What every widget asks for its colours, fonts and icons.

    ``changed`` tells that any of them is different now; ``settled`` comes once every widget has
    heard of that, for what has to be measured then; ``is_changing`` holds until it does.
    ``resources`` is the folder that holds ``icons/`` and ``themes/``. Needs a running application.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = resources / "icons"
        self._stylesheet = resources / "themes" / "studio.qss"
        self._mode = "system"
        self._text_size = READING
        self._width = "medium"
        self._reading_family = ""
        self._code_family = ""
        self.is_changing = False
        self._application: QApplication | None = None
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in use."""
        if self._mode == "system":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def text_size(self) -> int:
        """Height of reading text in pixels."""
        return self._text_size

    @property
    def reading_width(self) -> int:
        """How wide the column of prompts and replies may be, in pixels; it grows with the text."""
        width = READING_WIDTHS[self._width]
        return self.scaled(width) if width else UNBOUND_WIDTH

    @property
    def motion_ms(self) -> int:
        """How long a movement takes: 0 when the system asks for less motion."""
        from PySide6.QtWidgets import QStyle  # hundreds of names, which no first look needs

        wanted = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return MOTION_MS if wanted else 0

    def set_mode(self, mode: str) -> None:
        """Follow the ``"system"``, or stay ``"light"`` or ``"dark"``."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if mode != "system" and mode not in schemes:
            raise ValueError(f"no appearance is named {mode!r}")
        if mode == self._mode:
            return
        self._mode = mode
        if mode == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(schemes[mode])
        self._refresh()

    def set_text_size(self, px: int) -> None:
        """Set the height of reading text; everything else grows along, controls half as fast."""
        px = min(max(px, TEXT_SIZES.start), TEXT_SIZES.stop - 1)
        if px != self._text_size:
            self._text_size = px
            self._refresh()

    def set_reading_width(self, name: str) -> None:
        """Set the column's width to one of ``READING_WIDTHS``."""
        if name not in READING_WIDTHS:
            raise ValueError(f"no width is named {name!r}")
        if name != self._width:
            self._width = name
            self._tell()

    def set_reading_family(self, family: str) -> None:
        """Set prompts and replies in a family; empty is the system's own, ``SERIF`` a serif."""
        if family != self._reading_family:
            self._reading_family = family
            self._tell()

    def set_code_family(self, family: str) -> None:
        """Set code in a family; empty takes the best fixed-width one that is here."""
        if family != self._code_family:
            self._code_family = family
            self._tell()

    def color(self, token: str) -> QColor:
        """Return the colour of a palette token."""
        return self.palette.color(token)

    def scaled(self, size: int) -> int:
        """Return a type size in pixels for the person's text size."""
        growth = self._text_size / READING
        if size < READING:
            growth = 1 + (growth - 1) / 2
        return max(10, round(size * growth))

    def font(
        self, size: int, weight: int = 400, mono: bool = False, tabular: bool = False
    ) -> QFont:
        """Return the interface font, or the fixed-width one, at a type size of this module.

        ``tabular`` gives every figure the same width, so that counters do not dance.
        """
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        if mono:
            font.setFamilies([*filter(None, [self._code_family]), *_MONO_FAMILIES])
            font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.scaled(size))
        font.setWeight(QFont.Weight(weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def reading_font(self, size: int = READING) -> QFont:
        """Return the font of prompts and replies. A family that is not here gives way."""
        font = self.font(size)
        if self._reading_family == SERIF:
            font.setFamilies(list(_SERIF_FAMILIES))
            font.setStyleHint(QFont.StyleHint.Serif)
        elif self._reading_family:
            font.setFamilies([self._reading_family, *font.families()])
        return font

    def icon(self, name: str, token: str = "text", size: int = 20, gap: int = 0) -> QIcon:
        """Return an icon of ``resources/icons`` in a palette colour, crisp at every scale.

        ``gap`` leaves that many pixels empty behind it, for icons that stand before words.

        Raises:
            FileNotFoundError: no icon has that name.
        """
        path = self._icons / f"{mirror.icon_name(name)}.svg"
        return tinted(path, getattr(self.palette, token), self.palette.faint, size, gap)

    def prepare(self, application: QApplication) -> None:
        """Set style, font and colours, all that widgets measure themselves by while being built.

        The style sheet comes with :meth:`apply`: under one, every step of building a widget asks
        it anew, which takes a third longer than asking once for the finished window.
        """
        self._application = application
        application.setStyle("Fusion")
        self._set_measures(application)

    def apply(self, application: QApplication) -> None:
        """Dress the whole application, now and whenever the look changes."""
        if self._application is None:
            self.prepare(application)
        else:
            self._set_measures(application)
        application.setStyleSheet("")  # to another sheet, Qt would dress children again and again
        application.setStyleSheet(self.stylesheet())

    def stylesheet(self) -> str:
        """Return the application's style sheet with the colours and sizes of now."""
        sizes = {
            "caption": self.scaled(CAPTION),
            "control": self.scaled(CONTROL),
            "reading": self.scaled(READING),
            "section": self.scaled(SECTION),
            "page": self.scaled(PAGE),
        }
        other = LIGHT if self.is_dark else DARK
        inverse = {f"inverse_{token}": color for token, color in asdict(other).items()}
        text = self._stylesheet.read_text(encoding="utf-8")
        text = mirror.sheet(text) if mirror.is_on() else text
        return Template(text).substitute(asdict(self.palette), **inverse, **sizes)

    def _set_measures(self, application: QApplication) -> None:
        application.setFont(self.font(CONTROL))
        application.setPalette(_qt_palette(self.palette))

    def _refresh(self) -> None:
        self.is_changing = True
        if self._application is not None:
            self.apply(self._application)
        self._tell()

    def _tell(self) -> None:
        self.is_changing = True
        self.changed.emit()
        self.is_changing = False
        self.settled.emit()

    def _on_system_changed(self) -> None:
        if self._mode == "system":
            self._refresh()


_TAKES: dict[str, Callable[[Theme, Any], None]] = {
    "appearance.theme": Theme.set_mode,
    "appearance.text_size": Theme.set_text_size,
    "appearance.reading_width": Theme.set_reading_width,
    "appearance.reading_font": Theme.set_reading_family,
    "appearance.code_font": Theme.set_code_family,
}
LOOKS = tuple(_TAKES)


def take_on(theme: Theme, name: str, value: object) -> bool:
    """Follow a setting at once if it is one of ``LOOKS``; tell whether it is."""
    take = _TAKES.get(name)
    if take is not None:
        take(theme, value)
    return take is not None


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget one of the looks that the style sheet knows, such as ``"caption"``."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # Qt dresses it before it is seen or measured
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _qt_palette(tokens: Palette) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.raised), QColor(tokens.bg))
    for target, token in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "raised"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "faint"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.HighlightedText, "on_accent"),
        *((accent, "accent") for accent in _ACCENT_ROLES),
    ):
        palette.setColor(target, tokens.color(token))
    for muted in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, muted, tokens.color("faint"))
    return palette


TOKENS = tuple(field.name for field in fields(Palette))
