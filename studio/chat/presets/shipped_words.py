"""The names and descriptions of what ships with the program, for the translators to find.

They stand in ``resources``, which is no Python; a test holds the two together. What a person has
renamed or described anew is theirs, and shown as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studio.translation import mark, tr

if TYPE_CHECKING:
    from studio.chat.presets.preset_file import Preset
    from studio.chat.prompt_templates import PromptTemplate


class Words(NamedTuple):
    """What something is called, and what is said of it."""

    title: str
    description: str


PRESETS = {
    "assistant": Words(
        mark("Assistant"),
        mark("Balanced answers to everyday questions."),
    ),
    "brainstorm": Words(
        mark("Brainstorm"),
        mark("Many different ideas for you to choose from."),
    ),
    "brief": Words(
        mark("Brief"),
        mark("Short, steady answers. Suits very small models."),
    ),
    "creative": Words(
        mark("Creative"),
        mark("Varied and surprising. For stories and ideas."),
    ),
    "editor": Words(
        mark("Editor"),
        mark("Corrects your text and keeps your voice."),
    ),
    "explain-simply": Words(
        mark("Explain simply"),
        mark("Explains anything in everyday words."),
    ),
    "plain": Words(
        mark("Plain"),
        mark("No instructions at all, only what you write."),
    ),
    "precise": Words(
        mark("Precise"),
        mark("The likeliest answer every time. For facts, code and figures."),
    ),
    "programmer": Words(
        mark("Programmer"),
        mark("Writes and explains code, with the reasons."),
    ),
    "summarise": Words(
        mark("Summarise"),
        mark("The main points of a text, and nothing that is not in it."),
    ),
    "translator": Words(
        mark("Translator"),
        mark("Translates into the language you name, otherwise into English."),
    ),
}
PROMPTS = {
    "compare": Words(
        mark("Compare two things"),
        mark("A table, and what speaks for each"),
    ),
    "correct": Words(
        mark("Correct a text"),
        mark("Spelling, grammar and style"),
    ),
    "explain-code": Words(
        mark("Explain code"),
        mark("What it does and where it may fail"),
    ),
    "explain": Words(
        mark("Explain something"),
        mark("In words for the reader you name"),
    ),
    "plan": Words(
        mark("Make a plan"),
        mark("Steps towards a goal, in a given time"),
    ),
    "reply": Words(
        mark("Reply to a message"),
        mark("A draft of an answer"),
    ),
    "summarise": Words(
        mark("Summarise a text"),
        mark("The main points, as long as you say"),
    ),
    "translate": Words(
        mark("Translate"),
        mark("Into a language you name"),
    ),
}


def of_preset(preset: Preset) -> Words:
    """Return how a preset is called in the window."""
    shipped = PRESETS.get(preset.name.casefold())
    return _shown(Words(preset.title, preset.description), shipped)


def preset_title(name: str, title: str = "") -> str:
    """Return how a preset of this name is called, by its title then if that is known."""
    shipped = PRESETS.get(name.casefold())
    if shipped is not None and title in ("", shipped.title):
        return tr(shipped.title)
    return title or name


def of_prompt(prompt: PromptTemplate) -> Words:
    """Return how a prompt to fill in is called in the window."""
    shipped = PROMPTS.get(prompt.name.casefold())
    return _shown(Words(prompt.title, prompt.description), shipped)


def _shown(words: Words, shipped: Words | None) -> Words:
    if shipped is None:
        return words
    return Words(
        tr(words.title) if words.title == shipped.title else words.title,
        tr(words.description) if words.description == shipped.description else words.description,
    )
