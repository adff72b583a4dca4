"""Values of settings: whatever is set, shown, typed or found in a file has its declared kind."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from studio.errors import StudioError
from studio.setting import Setting
from studio.settings import SETTINGS, Settings

ROOT = str(Path(__file__).resolve().anchor)

FOLDER_NAMES = st.text(
    st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20
)
FAMILIES = st.text(st.characters(categories=("L", "N")), max_size=100)


def values_of(setting: Setting) -> st.SearchStrategy[Any]:
    low, high = setting.bounds or (0, 0)
    return {
        "bool": st.booleans(),
        "int": st.integers(int(low), int(high)),
        "float": st.floats(low, high),
        "str": st.text(st.characters(exclude_characters="\0"), max_size=40),
        "choice": st.sampled_from(setting.choices or ("",)),
        "font": FAMILIES,
        "code_font": FAMILIES,
        "folders": st.lists(FOLDER_NAMES.map(lambda name: ROOT + name), unique=True).map(tuple),
    }[setting.kind]


CHANGES = st.lists(
    st.sampled_from(SETTINGS).flatmap(lambda each: st.tuples(st.just(each.name), values_of(each))),
    max_size=8,
)


@rules(deadline=None, max_examples=60)
@given(changes=CHANGES)
def test_whatever_is_set_is_read_back(changes: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        settings = Settings(path)
        for name, value in changes:
            settings.set(name, value)
        again = Settings(path)
        wanted = {each.name: each.default for each in SETTINGS} | dict(changes)
        for each in SETTINGS:
            assert settings.get(each.name) == again.get(each.name) == wanted[each.name]
            assert type(again.get(each.name)) is type(each.default)
        assert again.warnings == ()


@rules(deadline=None)
@given(st.sampled_from(SETTINGS).flatmap(lambda each: st.tuples(st.just(each), values_of(each))))
def test_what_is_shown_can_be_typed(case: tuple[Setting, Any]) -> None:
    setting, value = case
    assert setting.parse(setting.show(value)) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@rules(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from([each.name for each in SETTINGS]) | st.text(), JSON))
def test_any_object_in_the_file_gives_values_of_the_declared_kind(content: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_text(json.dumps(content))
        settings = Settings(path)
        for each in SETTINGS:
            assert each.checked(settings.get(each.name)) == settings.get(each.name)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("chat.send_with_enter", " Off ", False),
        ("chat.send_with_enter", "yes", True),
        ("models.threads", " 8 ", 8),
        ("models.reserve_gb", "1.5", 1.5),
        ("appearance.theme", "dark", "dark"),
        ("models.folders", "", ()),
        ("models.folders", ROOT + "a b", (ROOT + "a b",)),
        ("models.folders", json.dumps([ROOT + "a", ROOT + "b"]), (ROOT + "a", ROOT + "b")),
    ],
)
def test_text_from_a_terminal_is_understood(
    tmp_path: Path, name: str, text: str, value: object
) -> None:
    assert Settings(tmp_path / "settings.json").declaration(name).parse(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("chat.send_with_enter", "perhaps"),
        ("models.threads", "many"),
        ("models.threads", "9" * 5000),
        ("models.reserve_gb", "nan"),
        ("models.reserve_gb", "1,5"),
        ("models.folders", "[1"),
        ("models.folders", "[" * 100_000),
        ("models.folders", "relative"),
        ("appearance.theme", "Dark "),
    ],
)
def test_text_that_cannot_be_understood_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(StudioError) as caught:
        Settings(tmp_path / "settings.json").declaration(name).parse(text)
    assert caught.value.code == "settings.invalid"
    assert caught.value.hint.startswith("It takes ")
