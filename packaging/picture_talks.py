"""Fills a data folder with the chats on the pictures: real replies, and some imported ones.

The starter model is too small for good formulas, tables and long talks; such chats come from
``picture_talks.json`` through the program's own import. They name no model that wrote them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.assembly import Parts, open_parts
from studio.chat.options import Options, Overflow
from studio.chat.ordering import Ordering
from studio.chat.overflow.summaries import Summaries
from studio.chat.presets.preset_file import Example
from studio.chat.prompt import Overrides
from studio.chat.transfer.importing import Importing
from studio.chat.turn import TurnEvent, TurnFailed

TALKS = Path(__file__).with_name("picture_talks.json")
CAPITAL, CODE, PLANTS, CONTACT, LETTERS = "Paris", "Saying", "Photo", "Contact", "Letters"
SLEEP = "Three tips"
ROLLED, SUMMED = "The lighthouse keeper", "A garden on the balcony"
FORMULAS, TABLE, REASONED, RIGHT = "Areas", "Bread", "How many apples", "لماذا"
LINKS, DRAWINGS, GERMAN = "Reading about stars", "The way of a letter", "Ein Tag"
_ASKED = (
    (SLEEP + " for better sleep", "Give me three tips for better sleep."),
    (PLANTS + "synthesis", "What is photosynthesis?"),
    (CODE + " hello", "Write a Python function that says hello to a name."),
    (CAPITAL + " in one sentence", "What is the capital of France?"),
)
_CONTACT_SCHEMA = """{
  "type": "object",
  "properties": {
    "name": { "type": "string", "maxLength": 40 },
    "city": { "type": "string", "maxLength": 40 },
    "languages": {
      "type": "array", "items": { "type": "string", "maxLength": 20 },
      "minItems": 1, "maxItems": 3
    },
    "age": { "type": "integer", "minimum": 1, "maximum": 120 }
  },
  "required": ["name", "city", "languages", "age"]
}"""
_CONTACT_ASKED = (
    "Ada Lovelace is 36 years old. She lives in London and speaks English and French. "
    "Write her name, city, languages and age as JSON."
)
_SMALL_CONTEXT = 256
_SUMMARY = (
    "A balcony to the south, 4 m long. Tomatoes, peppers, basil and beans grow there; tomatoes "
    "want pots of 20 litres. Water early each morning, twice when it is hot. Soil without peat, a "
    "third of it compost, with horn meal in spring."
)
_IN_GERMAN = {
    CAPITAL: "Paris in einem Satz",
    TABLE: "Brot für zwei Tage",
    CODE: "Hallo sagen",
    CONTACT: "Kontakt als Daten",
    PLANTS: "Fotosynthese",
    SLEEP: "Besser schlafen",
    SUMMED: "Garten auf dem Balkon",
}
_NOT_IN_GERMAN = (ROLLED, FORMULAS, REASONED, RIGHT, LINKS, DRAWINGS)


def fill(home: Path) -> None:
    """Import, ask the real model, and put the chats in order."""
    parts = open_parts(home)
    try:
        parts.prepare()
        Importing(parts.archives, parts.conversations).bring_in(TALKS)
        _make_preset(parts)
        _outgrow(parts)
        for title, question in _ASKED:
            chat = parts.conversations.create()
            _ask(parts, chat.id, question)
            parts.conversations.rename(chat.id, title)
        parts.session.regenerate(chat.id, _listen).result()
        parts.file_hashes.learn(parts.conversations.branch(chat.id)[-1])  # for all replies
        _ask_for_data(parts)
        _put_in_order(parts)
    finally:
        parts.close()


def _ask(parts: Parts, key: str, question: str, most: int = 220) -> None:
    wanted = Overrides(max_tokens=most, temperature=0.0, seed=1)
    parts.session.send(key, question, _listen, overrides=wanted).result()


def _listen(event: TurnEvent) -> None:
    if isinstance(event, TurnFailed):
        raise event.error


def _ask_for_data(parts: Parts) -> None:
    chat = parts.conversations.create()
    parts.conversations.set_options(chat.id, Options(json_schema=_CONTACT_SCHEMA))
    _ask(parts, chat.id, _CONTACT_ASKED)
    parts.conversations.rename(chat.id, f"{CONTACT} as data")


def _outgrow(parts: Parts) -> None:
    """Ask in two long chats while the model has a small context."""
    (model,) = (each for each in parts.shelf.list() if "Instruct" in each.name)
    before = parts.shelf.load_settings(model)
    parts.shelf.set_load_settings(model, replace(before, context=_SMALL_CONTEXT))
    _ask_in_long(parts, ROLLED, "roll", "And what does he do on stormy nights?")
    _ask_in_long(parts, SUMMED, "compact", "What should I plant first?")
    _word_the_summary(parts)
    parts.shelf.set_load_settings(model, before)


def _ask_in_long(parts: Parts, title: str, overflow: Overflow, question: str) -> None:
    key = _key(parts, title)
    parts.conversations.set_options(key, Options(overflow=overflow))
    _ask(parts, key, question, 60)


def _word_the_summary(parts: Parts) -> None:
    """Put the model's summary into better words, as the person can."""
    summaries = Summaries(parts.database)
    for each in summaries.of(_key(parts, SUMMED)):
        summaries.rewrite(each.id, _SUMMARY)


def put_into_german(home: Path) -> None:
    """Name chats as they would be in German, and put the others into the archive."""
    parts = open_parts(home)
    try:
        _name_in_german(parts)
    finally:
        parts.close()


def _name_in_german(parts: Parts) -> None:
    ordering = Ordering(parts.database)
    for title, german in _IN_GERMAN.items():
        parts.conversations.rename(_key(parts, title), german)
    for title in _NOT_IN_GERMAN:
        ordering.archive(_key(parts, title), archived=True)
    ordering.rename_folder("Work", "Arbeit")
    ordering.rename_folder("Kitchen", "Küche")
    for key in (each.id for each in parts.conversations.list() if "school" in each.tags):
        ordering.tag(key, ["Schule"])


def _make_preset(parts: Parts) -> None:
    keeper = parts.preset_keeper
    letters = keeper.create(LETTERS)
    letters = keeper.save(
        replace(
            letters,
            description="Short letters in plain words.",
            system="You write letters. Be polite and brief.",
        )
    )
    keeper.save(
        replace(
            letters,
            system="You write short letters in plain words. Be warm, and end with a question.",
            sampling=replace(letters.sampling, temperature=0.4, max_tokens=300),
            examples=(
                Example(
                    "A letter of thanks for a book.",
                    "Dear Anna,\n\nthank you for the book. I read it in one evening. "
                    "Which one should I read next?",
                ),
            ),
        )
    )


def _put_in_order(parts: Parts) -> None:
    ordering = Ordering(parts.database)
    ordering.pin(_key(parts, CAPITAL), pinned=True)
    ordering.move(_key(parts, CODE), "Work")
    ordering.move(_key(parts, TABLE), "Kitchen")
    ordering.tag(_key(parts, PLANTS), ["school"])
    ordering.tag(_key(parts, FORMULAS), ["school", "physics"])


def _key(parts: Parts, title: str) -> str:
    """Return the id of the newest chat whose title begins so."""
    return next(c.id for c in parts.conversations.list() if c.title.startswith(title))
