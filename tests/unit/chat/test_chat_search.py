"""What a person types into the search, and what is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.chat.search.folding import fold
from studio.chat.search.search import Hit, Search, parse
from studio.chat.store import ConversationStore
from studio.storage.database import Database


def talk(store: ConversationStore, *said: str, title: str = "Untold") -> str:
    """Return a conversation in which each text was asked and answered with nothing."""
    conversation = store.create()
    for text in said:
        _, reply = store.ask(conversation.id, text, "")
        store.finish_reply(reply.id, "finished", content="", reasoning="")
    store.rename(conversation.id, title)
    return conversation.id


def marked(hit: Hit) -> list[str]:
    return [hit.excerpt[begin:end] for begin, end in hit.spans]


def test_a_word_in_a_message(search: Search, store: ConversationStore) -> None:
    here = talk(store, "The harbour sleeps.", title="Evening")
    talk(store, "Something else.")
    (hit,) = search.find("HARB")
    message = store.branch(here)[0]
    assert hit == Hit(
        here, message.id, "Evening", "The harbour sleeps.", ((4, 8),), "user", message.created_at
    )


def test_a_word_in_a_title_comes_first(search: Search, store: ConversationStore) -> None:
    told = talk(store, "The harbour sleeps.")
    named = talk(store, "Nothing of it.", title="At the Harbour")
    first, second = search.find("harbour")
    assert (first.conversation_id, first.message_id, first.role) == (named, None, None)
    assert first.excerpt == first.title == "At the Harbour"
    assert first.created_at == store.get(named).created_at
    assert second.conversation_id == told


def test_replies_are_found_and_reasoning_is_not(search: Search, store: ConversationStore) -> None:
    conversation = store.create()
    _, reply = store.ask(conversation.id, "Question", "")
    store.finish_reply(reply.id, "finished", content="Lighthouse", reasoning="Submarine")
    assert [(hit.message_id, hit.role) for hit in search.find("lighthouse")] == [
        (reply.id, "assistant")
    ]
    assert search.find("submarine") == []


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("quick fox", True),
        ("fox quick", True),
        ("quick cat", False),
        ('"quick brown"', True),
        ('"brown quick"', False),
        ('"quick   BROWN" fox', True),
        ("“quick brown” fox", True),
        ('"quick bro', True),
        ('"fox jumps"', True),
        ("q", True),
        ("qu fo", True),
        ("zz", False),
        ("quick zz", False),
        ("OR", False),
        ("quick OR", False),
        ("quick*", False),
        ("NOT", False),
        ("100%", True),
        ("0%", True),
        ("a_b", True),
        ("a_", True),
        ("axb", False),
        ("50%", False),
        ("[x]", True),
        ("[", True),
        ("?!", True),
        ("*", False),
        ("it's", True),
    ],
)
def test_words_phrases_and_signs(
    typed: str, is_found: bool, search: Search, store: ConversationStore
) -> None:
    talk(store, "The quick brown fox\n jumps: it's 100% a_b, [x] ?!", title="")
    assert bool([hit for hit in search.find(typed) if hit.message_id]) is is_found


@pytest.mark.parametrize(
    "typed",
    ["", "   ", '"', '""', '" "', "\0", "\ud800", "\u0301", "\u200b", "““", "\n"],
)
def test_nothing_asked_is_nothing_found(
    typed: str, search: Search, store: ConversationStore
) -> None:
    talk(store, "Something.")
    assert search.find(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 10_000,
        "word " * 2_000,
        " ".join(map(str, range(3_000))),
        '"' * 10_001,
        "(" * 5_000,
        "a AND OR NOT NEAR( ) * ^ : - + { }",
        "'; DROP TABLE chat_messages; --",
        "NEAR(a b, 2)",
        "folded:x",
        "a\0b\ud800c",
        "👩\u200d👩\u200d👧 🇩🇪",
        "%%%__",
        "\\",
    ],
)
def test_any_input_is_safe_and_finds_itself(
    typed: str, search: Search, store: ConversationStore
) -> None:
    here = talk(store, typed.replace("\ud800", " ").replace("\0", " "), title="")
    found = {hit.conversation_id for hit in search.find(typed)}
    assert found == ({here} if parse(typed) else set())


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("Mein Résumé", "resume", ["Résumé"]),
        ("Die Straße", "STRASSE", ["Straße"]),
        ("わたしは東京都に住んでいます", "東京", ["東京"]),
        ("わたしは東京都に住んでいます", "住", ["住"]),
        ("今天天气很好我们去公园", "天气很好", ["天气很好"]),
        ("ฉันรักประเทศไทยมาก", "ประเทศไทย", ["ประเทศไทย"]),
        ("대한민국 만세", "한민", ["한민"]),
        ("Привет, Мир", "мир", ["Мир"]),
        ("مَرْحَبًا بالعالم", "مرحبا", ["مَرْحَبًا"]),
        ("oﬃce hours", "off ou", ["oﬃ", "ou"]),
        ("I ❤\ufe0f cats", "❤", ["❤\ufe0f"]),
    ],
)
def test_languages(
    text: str, typed: str, marks: list[str], search: Search, store: ConversationStore
) -> None:
    talk(store, text, title="")
    (hit,) = search.find(typed)
    assert marked(hit) == marks


def test_the_trash_is_left_out(search: Search, store: ConversationStore) -> None:
    here = talk(store, "The harbour sleeps.", title="Harbour")
    assert len(search.find("harbour")) == 2
    store.trash(here)
    assert search.find("harbour") == search.find("ha") == []
    store.restore(here)
    assert len(search.find("harbour")) == len(search.find("ha")) == 2


@pytest.mark.parametrize("typed", ["harbour", "ha"])
def test_no_conversation_drowns_the_others(
    typed: str, search: Search, store: ConversationStore
) -> None:
    few = talk(store, "A harbour.", title="")
    many = talk(store, *[f"The harbour, {day} times." for day in range(20)], title="Harbour")
    found = [hit.conversation_id for hit in search.find(typed)]
    assert (found.count(many), found.count(few)) == (3, 1)
    everything = search.find(typed, per_conversation=None)
    assert len([hit for hit in everything if hit.conversation_id == many]) == 21
    assert len(search.find(typed, limit=2)) == 2
    assert search.find(typed, limit=0) == []


def date(database: Database, conversation_id: str, days_ago: int) -> None:
    then = datetime.now(UTC) - timedelta(days=days_ago)
    with database.transaction() as db:
        db.execute(
            "UPDATE chat_messages SET created_at = ? WHERE conversation_id = ?",
            [then.isoformat(), conversation_id],
        )


def test_of_equal_messages_the_newer_is_first(
    search: Search, store: ConversationStore, database: Database
) -> None:
    talks = [talk(store, "A harbour at night.", title="x") for _ in range(3)]
    talk(store, "Something else.", title="x")
    for conversation_id, days_ago in zip(talks, (400, 1, 30), strict=True):
        date(database, conversation_id, days_ago)
    for typed in ("harbour", "ni"):
        assert [hit.conversation_id for hit in search.find(typed)] == [
            talks[1],
            talks[2],
            talks[0],
        ]


def test_a_message_about_it_comes_before_one_that_names_it(
    search: Search, store: ConversationStore
) -> None:
    about = talk(store, "Harbour, harbour, harbour.", title="x")
    talk(store, "A very long story. " * 50 + "harbour", title="x")
    talk(store, *["Something else. " * 9] * 5, title="x")
    assert search.find("harbour")[0].conversation_id == about


def test_a_frequent_word_is_found_newest_first(
    search: Search, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.search.search._FREQUENT", 3)
    talks = [talk(store, "A harbour at night.", title="x") for _ in range(6)]
    store.trash(talks[0])
    for typed in ("harbour", "harbour ni", '"harbour at night" a'):
        assert [hit.conversation_id for hit in search.find(typed)] == talks[:0:-1]


def test_an_excerpt_is_one_line_around_the_match(search: Search, store: ConversationStore) -> None:
    talk(store, "before " * 500 + "the\nNeedle\there" + " after" * 500, title="x")
    (hit,) = search.find("needle he")
    assert hit.excerpt.startswith("…before ")
    assert hit.excerpt.endswith("…")
    assert "the Needle here after" in hit.excerpt
    assert len(hit.excerpt) <= 202
    assert marked(hit) == ["he", "Needle", "he"]


def test_a_match_longer_than_an_excerpt_is_marked_to_its_end(
    search: Search, store: ConversationStore
) -> None:
    talk(store, "e" + "\u0301" * 1000 + "x", title="")
    hit = search.find("ex")[-1]
    assert hit.spans == ((0, 200),)
    assert hit.excerpt.endswith("…")


def test_a_message_of_a_megabyte(search: Search, store: ConversationStore) -> None:
    talk(store, "größer " * 150_000 + "needle", title="x")
    (hit,) = search.find("needle")
    assert marked(hit) == ["needle"]


@given(
    text=st.text(alphabet="aeéßsﬁfi 한하\u0301がか\u3099\n\"'%_*[東京", min_size=1, max_size=300),
    data=st.data(),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_span_folds_to_a_word_that_was_typed(
    text: str, data: st.DataObject, search: Search, store: ConversationStore
) -> None:
    begin = data.draw(st.integers(0, len(text)))
    typed = text[begin : begin + data.draw(st.integers(1, 12))]
    here = talk(store, text, title="x")
    terms = parse(typed)
    found = [hit for hit in search.find(typed) if hit.conversation_id == here and hit.message_id]
    assert bool(found) == (bool(terms) and all(term in fold(text) for term in terms))
    for hit in found:
        assert hit.spans
        assert all(any(term in fold(part) for term in terms) for part in marked(hit))
    store.trash(here)
