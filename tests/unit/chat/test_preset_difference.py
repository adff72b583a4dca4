"""Differences between versions: fields in plain words, texts word by word."""

from __future__ import annotations

from dataclasses import replace

from studio.chat.presets.difference import Piece, difference, lines_of, pieces
from studio.chat.presets.preset_file import Example, Preset
from studio.chat.presets.values import KNOBS
from studio.engine.language import Sampling

BEFORE = Preset("mine", "Mine", "", "Be short and kind.", Sampling(temperature=0.5))


def told(after: Preset) -> list[str]:
    return [line for change in difference(BEFORE, after) for line in lines_of(change)]


def test_the_same_has_no_difference() -> None:
    assert difference(BEFORE, replace(BEFORE, name="other", version=9)) == []


def test_fields_are_named_in_plain_words() -> None:
    after = replace(
        BEFORE,
        title="Ours",
        description="For us.",
        model="tiny",
        sampling=Sampling(temperature=0.8, max_tokens=100, stop=("END",)),
        suits=("tiny-",),
        extra={"colour": "red"},
    )
    assert told(after) == [
        "Name: Mine → Ours",
        "What it is for: added “For us.”",
        "Model: added “tiny”",
        "Creativity: 0.5 → 0.8",
        "Length limit: open → 100",
        "Stops at: open → “END”",
        "Made for models: added “tiny-”",
        "“colour”: added “red”",
    ]


def test_what_was_taken_away_is_told() -> None:
    assert told(replace(BEFORE, system="")) == ["Instructions: removed “Be short and kind.”"]


def test_texts_are_compared_word_by_word() -> None:
    (change,) = difference(BEFORE, replace(BEFORE, system="Be long and kind."))
    assert [(piece.mark, piece.text) for piece in change.pieces] == [
        ("same", "Be "),
        ("gone", "short"),
        ("new", "long"),
        ("same", " and kind."),
    ]


def test_pieces_hold_both_texts_whole() -> None:
    before, after = "One  two\n\nthree. ⅓ 日本", "One two\nthree! ⅓ 日本語 more"
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.mark != "new") == before
    assert "".join(each.text for each in found if each.mark != "gone") == after


def test_long_texts_are_told_by_their_lines() -> None:
    before = "\n".join(f"Rule {number} is a rule." for number in range(20))
    old, new = replace(BEFORE, system=before), replace(BEFORE, system=before + "\nOne more.")
    (change,) = difference(old, new)
    lines = lines_of(change)
    assert lines[0] == "Instructions: changed"
    assert "    +One more." in lines
    assert len(lines) < 10


def test_lines_that_begin_with_dashes_are_shown_as_well() -> None:
    before = "Begin each line of a list with two dashes, as here:\n-- one\n-- two"
    old, new = replace(BEFORE, system=before), replace(BEFORE, system=f"{before} and more\n++ end")
    (change,) = difference(old, new)
    assert lines_of(change)[-3:] == ["    --- two", "    +-- two and more", "    +++ end"]
    (change,) = difference(old, replace(old, system=f"{before}\n"))
    assert lines_of(change)[1:] == []


def test_very_long_texts_are_compared_as_a_whole() -> None:
    before = "the same word " * 14_000
    found = pieces(before, before.replace("same", "other", 7_000))
    assert [each.mark for each in found] == ["gone", "new"]
    assert "".join(each.text for each in found if each.mark != "new") == before


def test_examples_are_compared_as_text() -> None:
    after = replace(BEFORE, examples=(Example("Hot?", "Warm."),))
    (change,) = difference(BEFORE, after)
    assert (change.name, change.after) == ("Examples", "> Hot?\nWarm.")


def test_every_setting_of_sampling_has_a_name() -> None:
    assert KNOBS.keys() == set(Sampling.__dataclass_fields__)
    assert len({knob.name for knob in KNOBS.values()}) == len(KNOBS)
    for field, knob in KNOBS.items():
        assert knob.problem(getattr(Sampling(), field)) == ""


def test_a_text_of_a_few_words_again_and_again_is_compared_by_its_lines() -> None:
    before = "\n".join(["la la la la la la", "one more"] * 80)
    after = before.replace("one more", "no more", 1)
    found = pieces(before, after)
    assert Piece("gone", "one more\n") in found
    assert Piece("new", "no more\n") in found
    song = "la la la " * 300
    assert [each.mark for each in pieces(song, song.replace("la", "lo", 1))] == ["gone", "new"]
