"""How one model is loaded: a row for every load setting, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.engine.language import LoadSettings
from studio.translation import mark, tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Unfolder
from studio.ui.widgets.editors import ChoiceEditor, Editor, NumberEditor, SwitchEditor
from studio.ui.widgets.quantities import count
from studio.ui.widgets.setting_row import Section, SettingRow

DEFAULTS = LoadSettings()
_IN_FILE = mark("As in the file")
_LAST_SEED = 2**32 - 2  # the next one asks llama.cpp for a random seed


@dataclass(frozen=True, slots=True)
class Number:
    """A number; ``nothing`` is the shown value that stands for ``None``, and ``word`` its word.

    Where 0 means something, ``nothing`` is one step below it, and whatever else is below 0, too.
    """

    low: float
    high: float
    digits: int = 0
    unit: str = ""
    nothing: float | None = None
    word: str = ""
    step: float = 0


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some values, each with its word."""

    choices: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A load setting as a person meets it; ``kind`` is ``None`` for on and off."""

    name: str
    title: str
    help: str
    technical: str
    kind: Number | OneOf | None = None


USUAL = (
    Field(
        "context",
        mark("Conversation length"),
        mark("How much text the model keeps in view. More needs more memory."),
        mark("Context length, n_ctx"),
        Number(0, 4_194_304, unit=mark("tokens"), nothing=0, word=mark("Automatic"), step=1024),
    ),
    Field(
        "gpu_layers",
        mark("Layers on the graphics card"),
        mark("How much of the model the graphics card works on. 0 uses the processor alone."),
        mark("GPU offload, n_gpu_layers"),
        Number(-1, 10_000, nothing=-1, word=mark("Automatic")),
    ),
    Field(
        "threads",
        mark("Processor threads"),
        mark("More than the number of cores rarely helps."),
        "n_threads",
        Number(0, 1024, nothing=0, word=mark("Automatic")),
    ),
    Field(
        "flash_attention",
        mark("Faster attention"),
        mark("Saves memory in long conversations, where the machine can do it."),
        mark("Flash attention, flash_attn"),
        OneOf(((None, mark("Automatic")), (True, mark("On")), (False, mark("Off")))),
    ),
    Field(
        "cache_type",
        mark("Precision of the conversation"),
        mark("Smaller forms make room for longer conversations and cost a little accuracy."),
        mark("KV cache type, type_k and type_v"),
        OneOf(
            (
                ("f32", mark("32 bit")),
                ("f16", mark("16 bit")),
                ("bf16", mark("16 bit, wide range")),
                ("q8_0", mark("8 bit")),
                ("q4_0", mark("4 bit")),
            )
        ),
    ),
)
RARE = (
    Field(
        "batch",
        mark("Reading step"),
        mark("Tokens of a prompt read in one go. Smaller steps hear Stop sooner."),
        mark("Batch size, n_batch"),
        Number(1, 65_536, unit=mark("tokens"), step=64),
    ),
    Field(
        "memory_map",
        mark("Read weights as they are needed"),
        mark("Loads faster and lets the system reuse the memory."),
        mark("Memory mapping, use_mmap"),
    ),
    Field(
        "memory_lock",
        mark("Keep weights in memory"),
        mark("The system may not move them to the disk while other programs need room."),
        mark("Memory locking, use_mlock"),
    ),
    Field(
        "rope_scaling",
        mark("Stretching of the context"),
        mark("How positions are stretched when a model reads more than it was trained with."),
        mark("RoPE scaling, rope_scaling_type"),
        OneOf(
            (
                (None, _IN_FILE),
                ("none", mark("None")),
                ("linear", mark("Linear")),
                ("yarn", "YaRN"),
                ("longrope", "LongRoPE"),
            )
        ),
    ),
    Field(
        "rope_frequency_base",
        mark("Position frequency"),
        mark("Only for models whose card tells another value."),
        mark("RoPE base frequency, rope_freq_base"),
        Number(0, 1e9, digits=1, nothing=0, word=_IN_FILE, step=1000),
    ),
    Field(
        "rope_frequency_scale",
        mark("Position factor"),
        mark("0.5 doubles how far the positions reach."),
        mark("RoPE frequency factor, rope_freq_scale"),
        Number(0, 64, digits=4, nothing=0, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_original_context",
        mark("Length before stretching"),
        mark("What the model was trained with, for YaRN."),
        "yarn_orig_ctx",
        Number(0, 4_194_304, unit=mark("tokens"), nothing=0, word=_IN_FILE, step=1024),
    ),
    Field(
        "yarn_extrapolation",
        mark("Share of extrapolation"),
        mark("0 squeezes all positions together, 1 leaves them as they are, for YaRN."),
        "yarn_ext_factor",
        Number(-0.05, 1, digits=2, nothing=-0.05, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_attention",
        mark("Weight of attention"),
        mark("Only for models whose card tells another value, for YaRN."),
        "yarn_attn_factor",
        Number(-0.05, 64, digits=3, nothing=-0.05, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_beta_fast",
        mark("Near positions begin at"),
        mark("Turns above which positions are left as they are, for YaRN."),
        "yarn_beta_fast",
        Number(-1, 1024, digits=2, nothing=-1, word=_IN_FILE, step=1),
    ),
    Field(
        "yarn_beta_slow",
        mark("Far positions begin at"),
        mark("Turns below which positions are squeezed fully, for YaRN."),
        "yarn_beta_slow",
        Number(-1, 1024, digits=2, nothing=-1, word=_IN_FILE, step=1),
    ),
    Field(
        "seed",
        mark("Seed of replies"),
        mark("The same number gives the same reply again, where the preset names none."),
        "seed",
        Number(-1, _LAST_SEED, nothing=-1, word=mark("New for each reply")),
    ),
    Field(
        "full_sliding_window",
        mark("Keep the whole sliding window"),
        mark(
            "Lets such models go on after an edit without reading everything "
            "again, for more memory."
        ),
        "swa_full",
    ),
)


class LoadForm(QWidget):
    """Edits a copy of a model's load settings; ``edited`` tells that the copy changed."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._settings = DEFAULTS
        self._usual = DEFAULTS
        self._rows: dict[str, SettingRow] = {}
        self._fields = {field.name: field for field in (*USUAL, *RARE)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self._section(tr("How it is loaded"), USUAL))
        self._more = Unfolder(theme, "more_settings")
        self._more.show_state(tr("More settings"), False)
        self._more.on_click(self._turn)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._rare = self._section("", RARE)
        self._rare.hide()
        column.addWidget(self._rare)

    @property
    def settings(self) -> LoadSettings:
        """The settings as edited."""
        return self._settings

    def show_usual(self, usual: LoadSettings) -> None:
        """Tell what the Settings page says where a model's own settings leave something open."""
        self._usual = usual
        for name, row in self._rows.items():
            kind = self._fields[name].kind
            if isinstance(kind, Number) and isinstance(row.editor, NumberEditor) and kind.word:
                is_said = getattr(usual, name) != getattr(DEFAULTS, name)
                row.editor.word_minimum(tr("As in Settings") if is_said else tr(kind.word))

    def show_settings(self, settings: LoadSettings) -> None:
        """Show a model's settings; the rare ones come forward when one of them is changed."""
        self._settings = settings
        for name, row in self._rows.items():
            row.editor.show_value(_shown(self._fields[name], getattr(settings, name)))
            row.set_changed(getattr(settings, name) != getattr(DEFAULTS, name))
            row.set_note(self._note(name))
        if any(self._rows[field.name].is_marked for field in RARE) and self._rare.isHidden():
            self._turn()

    def row(self, name: str) -> SettingRow:
        """Return the row of a load setting."""
        return self._rows[name]

    def _note(self, name: str) -> str:
        """Say which number is in force where the one of the Settings page is."""
        usual, is_open = getattr(self._usual, name), getattr(self._settings, name) is None
        if not is_open or usual == getattr(DEFAULTS, name):
            return ""
        return tr("The Settings page says {number} for all models.", number=count(usual))

    def _section(self, title: str, rows: tuple[Field, ...]) -> Section:
        section = Section(title)
        for field in rows:
            row = SettingRow(
                self._theme,
                tr(field.title),
                tr(field.help),
                _editor(self._theme, field),
                name=f"load_{field.name}",
                technical=tr(field.technical),
                also=f"{field.title} {field.help} {field.technical}",
            )
            row.editor.edited.connect(partial(self._on_edited, field))
            row.reset.connect(partial(self._change, field.name, getattr(DEFAULTS, field.name)))
            section.add(row)
            self._rows[field.name] = row
        return section

    def _on_edited(self, field: Field, shown: object) -> None:
        self._change(field.name, _meant(field, shown))

    def _change(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        self.show_settings(replace(self._settings, **changes))
        self.edited.emit()

    def _turn(self) -> None:
        opened = self._rare.isHidden()
        self._rare.setVisible(opened)
        self._more.show_state(tr("Fewer settings") if opened else tr("More settings"), opened)


def _editor(theme: Theme, field: Field) -> Editor:
    kind, title = field.kind, tr(field.title)
    if isinstance(kind, Number):
        bounds = (kind.low, kind.high)
        unit, word = (tr(each) if each else "" for each in (kind.unit, kind.word))
        return NumberEditor(theme, title, bounds, kind.digits, unit, word, kind.step)
    if isinstance(kind, OneOf):
        return ChoiceEditor(theme, title, [(value, tr(word)) for value, word in kind.choices])
    return SwitchEditor(theme, title)


def _shown(field: Field, value: Any) -> Any:
    if value is None and isinstance(field.kind, Number):
        return field.kind.nothing
    return value


def _meant(field: Field, shown: Any) -> Any:
    nothing = field.kind.nothing if isinstance(field.kind, Number) else None
    is_nothing = nothing is not None and (shown == nothing or shown < 0)
    return None if is_nothing else shown
