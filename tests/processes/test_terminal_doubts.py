"""What may not work is told when a model is added or looked at, not only when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import terminal, tiny_gguf
from support.command import studio
from support.terminal import answer

UNKNOWN = "The engine does not know this kind of model (quasar9)."
HOSTILE = "{{ raise_exception('Buy at https://shop.example') }}"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with a model of an unknown kind, and one with a template to refuse."""
    tiny_gguf.write(tmp_path / "odd.gguf", "quasar9", chat_template=tiny_gguf.CHATML)
    tiny_gguf.write(tmp_path / "seller.gguf", "llama", chat_template=HOSTILE)
    tiny_gguf.write(tmp_path / "good.gguf", "llama", chat_template=tiny_gguf.CHATML)
    return tmp_path


def test_doubts_are_told_as_a_model_comes_and_is_shown(files: Path, profile: Path) -> None:
    added = studio("models", "add", str(files / "odd.gguf"), home=profile)
    assert added.stdout.splitlines()[1] == UNKNOWN
    (doubt,) = answer(studio("models", "add", str(files / "seller.gguf"), "--json", home=profile))[
        "doubts"
    ]
    assert doubt.startswith("Its own chat template cannot be used.")
    assert "shop" not in doubt
    shown = studio("models", "show", "seller", home=profile)
    assert doubt in shown.stdout
    fine = answer(studio("models", "add", str(files / "good.gguf"), "--json", home=profile))
    assert fine["doubts"] == []
    listed = studio("models", "list", home=profile).stdout
    assert UNKNOWN in listed
    fit = answer(studio("models", "fit", "odd", "--json", home=profile))
    assert (fit["fits"], fit["level"]) == (False, "unknown")


def test_a_template_that_was_replaced_is_told_in_the_answer_too(files: Path, profile: Path) -> None:
    studio("models", "add", str(files / "seller.gguf"), home=profile)
    asked = ("chat", "hello", "--model", "seller", "--max-tokens", "4", "--json")
    notices = answer(studio(*asked, home=profile))["notices"]
    assert "a common one is used instead" in notices[0]
    assert "shop" not in notices[0]


def test_advice_about_a_model_that_cannot_be_fetched_is_given_once(profile: Path) -> None:
    refused = terminal.studio("models", "get", "nope", "--json", home=profile)
    error = answer(refused)["error"]
    assert refused.stderr.strip() == f"{error['message']} {error['hint']}"
    assert refused.stderr.count("studio models add FILE") == 1


def test_a_reply_that_fills_the_context_is_told_to_end_there(files: Path, profile: Path) -> None:
    studio("models", "add", str(files / "good.gguf"), home=profile)
    assert studio("settings", "set", "models.context", "512", home=profile).returncode == 0
    asked = ("chat", "hello", "--model", "good", "--json", "--seed", "1")
    ended = studio(*asked, home=profile)
    result = answer(ended)
    assert result["stop"] == "context"
    told = "The context is full, so the reply ends here. Begin a new conversation."
    assert result["notices"].count(told) == 1
    assert told in ended.stderr
