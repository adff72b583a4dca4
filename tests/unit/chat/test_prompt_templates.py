"""Prompts to fill in: their places, their files, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.source_tree import ROOT

from studio.chat.prompt_templates import MOST_BYTES, PromptTemplates, from_text, parse
from studio.errors import StudioError


def places(body: str) -> list[tuple[str, str, str]]:
    """Return each place's name and default, and what stands there at first."""
    filled = parse(body)
    return [
        (place.name, place.default, filled.text[place.start : place.end]) for place in filled.places
    ]


def test_places_are_found_with_their_defaults() -> None:
    body = "Tell {{reader}} about {{ my topic : cats: all of them }}, {{reader}}."
    assert parse(body).text == "Tell [reader] about cats: all of them, [reader]."
    assert places(body) == [
        ("reader", "", "[reader]"),
        ("my topic", "cats: all of them", "cats: all of them"),
        ("reader", "", "[reader]"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Plain.", "Plain."),
        ("", ""),
        ("{one} } { }} {", "{one} } { }} {"),
        ("f\\{{x}}", "f{{x}}"),
        ("{{a}}{{b}}", "[a][b]"),
        ("日{{語}}𝄞", "日[語]𝄞"),
    ],
)
def test_other_braces_stay_as_they_are(body: str, text: str) -> None:
    assert parse(body).text == text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("One\ntwo {{three", "In line 2, “{{” is not closed by “}}”."),
        ("{{a {{b}}", "In line 1, “{{” is not closed by “}}”."),
        ("{{}}", "In line 1, “{{}}” is no name"),
        ("x\n{{1a}}", "In line 2, “{{1a}}” is no name"),
        ("{{:default}}", "“{{:default}}” is no name"),
        ("{{a}}" * 101, "It has 101 places to fill in; at most 100 fit."),
    ],
)
def test_what_cannot_be_filled_in_is_told(body: str, told: str) -> None:
    with pytest.raises(StudioError) as caught:
        parse(body)
    assert told in caught.value.what


def test_a_file_may_say_its_title() -> None:
    told = from_text("x", "---\ntitle: A title\ndescription: What for: this\n---\n\nBody {{a}}\n")
    assert (told.title, told.description, told.body) == ("A title", "What for: this", "Body {{a}}")
    bare = from_text("my-letter", "Dear {{name}}")
    assert (bare.title, bare.description, bare.body) == ("My letter", "", "Dear {{name}}")


def test_the_person_s_template_replaces_the_program_s(tmp_path: Path) -> None:
    program, person = tmp_path / "program", tmp_path / "person"
    for folder, text in ((program, "Theirs."), (person, "Mine.")):
        folder.mkdir()
        (folder / "letter.md").write_text(text, "utf-8")
    (person / "note.txt").write_text("Note.", "utf-8")
    (person / "picture.png").write_bytes(b"\x89PNG")
    templates = PromptTemplates([program, person, tmp_path / "none"])
    assert [each.body for each in templates.list()] == ["Mine.", "Note."]
    assert templates.warnings == ()


def test_damaged_files_are_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "open.md").write_text("{{name", "utf-8")
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.md").mkdir()
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (tmp_path / "good.md").write_text("Good.", "utf-8")
    templates = PromptTemplates([tmp_path])
    assert [each.name for each in templates.list()] == ["good"]
    told = "\n".join(templates.warnings)
    assert "The prompt open.md cannot be used. In line 1, “{{” is not closed by “}}”." in told
    assert "The prompt bytes.md cannot be used. It is not a text file in UTF-8." in told
    assert "The prompt folder.md cannot be used. It cannot be read: " in told
    assert "The prompt large.md cannot be used. It is larger than 1 MB." in told


def test_what_comes_with_the_program_can_be_used() -> None:
    templates = PromptTemplates([ROOT / "resources" / "prompts"])
    assert templates.warnings == ()
    assert len(templates.list()) >= 8
    for template in templates.list():
        assert template.description, template.name
        assert template.filled().places, template.name
