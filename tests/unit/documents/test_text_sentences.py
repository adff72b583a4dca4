"""Sentences end where a reader would say so."""
# ruff: noqa: RUF001  (letters of other scripts are meant as they stand)

from __future__ import annotations

import pytest

from studio.documents.text.sentences import sentences

# Each case is one paragraph, with a bar where a sentence ends.
CASES = {
    "en": [
        "It rains.| We stay in.| Why not?| Because!",
        "Dr. Smith and J. R. Tolkien met Mrs. Jones at 5.30 p.m. in St. Ives.| They left.",
        "See Fig. 3 and Sec. 2.1, e.g. the U.S. Army, i.e. some of it.| Then stop.",
        "Apple Inc. was founded in 1976.| Apple Inc. announced it.| It cost $3.50.| Fine.",
        "He said: “Wait.” |“Why?” she asked. |(It was late.) |Nobody knew…",
        "Hmm... that is odd.| Well...| Then go on.",
        "the text has no capitals.| it was typed so.| see fig. 3 for more.",
        "Visit www.example.com or mail a.b@c.de today.| Version 2.3.1 is out.",
        "This is known.[12] |Others differ.[3][4] |End.",
        "A line is broken\nin the middle. |Another\nfollows.",
        "1. Open the lid.| 2. Close it.",
        "The answer is no.| Then ask again.| It is No. 5 of them.",
    ],
    "de": [
        "Am 3. Oktober ist z. B. frei.| Das gilt bzw. galt lt. Abs. 2 auch im 19. Jahrhundert.",
        "Prof. Dr. Meier kommt ca. 10 Min. später.| „Gut.“ |Er geht.",
        "Ich danke dir.| Das Max.-Gewicht beträgt 3,5 kg.",
    ],
    "es": ["¿Qué pasa?| ¡Nada!| El Sr. García y la Dra. Ruiz llegaron.| Bien."],
    "fr": ["M. Dupont est là.| « Bonjour. » |Il part."],
    "zh": ["今天下雨。|我们在家!好吗？|“好。”|3.5元。"],
    "ja": ["雨です。|「はい。」|そうですか？|終わり"],
    "ar": ["هل وصلت؟| نعم، وصلت.| شكرا"],
    "ur": ["یہ ایک جملہ ہے۔| دوسرا جملہ۔"],
    "hi": ["यह एक वाक्य है।| दूसरा वाक्य।"],
    "ru": ["Это г. Москва?| Да.| Он живёт там с 1990 г."],
}


@pytest.mark.parametrize(
    ("language", "marked"), [(name, case) for name, cases in CASES.items() for case in cases]
)
def test_sentences_end_where_a_reader_says(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences(text, 0, len(text), language)]
    assert found == [part.strip() for part in marked.split("|")]


def test_spans_are_those_of_the_whole_text() -> None:
    text = "Before. [One. Two.] After."
    assert list(sentences(text, 9, 18)) == [(9, 13), (14, 18)]


@pytest.mark.parametrize("text", ["", "  \n ", "\u3000"])
def test_blanks_have_no_sentence(text: str) -> None:
    assert list(sentences(text, 0, len(text))) == []
