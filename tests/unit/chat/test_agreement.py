"""How far replies agree: votes on answers, words in common, the most central one."""

from __future__ import annotations

import pytest

from studio.chat.several.agreement import agreement, final_answer, overlap, same
from studio.chat.several.agreement_words import how, in_words


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("6 times 7 is 42.\nThe answer is 42.", "42"),
        ("So we get \\boxed{\\frac{1}{2}} in the end.", "\\frac{1}{2}"),
        ("First \\boxed{3}, no: \\boxed{4}", "4"),
        ("Final answer: Paris", "Paris"),
        ("Die Antwort lautet: 7,5", "7,5"),
        ("Yes, because it rains.", "Yes"),
        ("We add them.\n40 + 2 = 42", "42"),
        ("It takes a while.\n\n42", "42"),
        ("Paris.", "Paris"),
        ("The answer is 3.5, because half of seven is that.", "3.5"),
        ("", ""),
        ("\\boxed{never closed", "\\boxed{never closed"),
        ("No man is an island, and nobody should ever wish to be one.", ""),
        ("The sea is wide and blue, and nobody has ever counted its waves.", ""),
        ("One\nTwo words at the end", ""),
    ],
)
def test_the_answer_in_which_a_reply_ends(text: str, answer: str) -> None:
    assert final_answer(text) == answer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("42", "42.0"),
        ("1,200", "$1200"),
        ("**Paris**", "paris."),
        ("yes", "True"),
        ("the cat", "Cat"),
        ("12 apples", "12"),
        ("-3", "-3.00"),
        ("0", "0.0"),
        ("-0.0", "0"),
        ("100.0", "100"),
    ],
)
def test_equal_answers_in_other_spellings(one: str, other: str) -> None:
    assert same(one) == same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("42", "-42"), ("yes", "no"), ("3 of 4", "3"), (f"{10**40}", f"{10**40 + 1}")],
)
def test_other_answers_stay_apart(one: str, other: str) -> None:
    assert same(one) != same(other)


def test_the_majority_wins() -> None:
    found = agreement(["The answer is 42.", "So it is\n= 42", "41", "The answer is 42", "42"])
    assert found.kind == "answers"
    assert found.winner is not None
    assert found.winner.replies == (0, 1, 3, 4)
    assert found.central in found.winner.replies
    assert in_words(found) == "4 of 5 give the same answer: 42"
    assert how(found).startswith("Counted by their last answers")


def test_all_agree_or_none_do() -> None:
    assert in_words(agreement(["Yes.", "yes"])) == "All 2 give the same answer: Yes"
    tie = agreement(["1", "2", "2", "1"])
    assert tie.winner is None
    assert in_words(tie) == "They do not agree on an answer: 1, 2."


def test_prose_is_compared_by_its_words() -> None:
    cat = "the small cat sat on the warm mat all day and it slept"
    found = agreement([f"{cat} soundly", "stars are far away suns seen at night by us all", cat])
    assert found.kind == "words"
    assert found.central == 2
    assert found.overlap is not None
    assert 0 < found.overlap < 1
    share = round(100 * found.overlap)
    assert in_words(found) == f"They share about {share} % of their words."


def test_words_in_common() -> None:
    assert overlap("a b c d", "a b x y") == 0.5
    assert overlap("Same words", "same WORDS") == 1.0
    assert overlap("猫が好き", "猫が嫌い") == pytest.approx(0.5)
    assert overlap("one", "two") == 0.0
    assert overlap("", "") == 1.0


def test_replies_that_are_not_whole_do_not_count() -> None:
    found = agreement([None, "42", "  ", "42"])
    assert found.counted == 2
    assert found.winner is not None
    assert found.winner.replies == (1, 3)
    assert agreement([None, "42"]).kind == "none"
    assert agreement([]).central is None
    assert (
        in_words(agreement(["x"]))
        == "Fewer than two replies came to their end, so they cannot be compared."
    )


def test_one_answer_among_prose_is_no_vote() -> None:
    long = "it is hard to say what was meant there and nobody knows the end of it today"
    assert agreement(["42", long, f"{long} either"]).kind == "words"


def test_strange_texts_are_harmless() -> None:
    found = agreement(
        ["\\boxed{" * 2000, "\u0663", "\u0661,\u0660\u0660\u0660", "=" * 5000, "\n" * 50 + "x"]
    )
    assert found.counted == 5
    assert found.facts()["counted"] == 5
