"""Hits that say the same are folded; hits that only look alike are not; MMR picks unlike ones."""

from __future__ import annotations

import numpy as np
import pytest

from studio.documents.retrieve.folding import diverse, fold, normalised

LEASE = (
    "The tenant pays the rent on the third working day of each month at the latest. "
    "The landlord keeps the heating in order and has the chimney swept once a year. "
    "Small repairs up to an amount of 100 euros are borne by the tenant alone."
)


def test_case_blanks_and_ligatures_make_no_other_text() -> None:
    assert fold(["The ﬁrst  office\n", "the first office", "The second office"]) == [[0, 1], [2]]
    assert normalised("\uff21 B\u200bC") == "abc"


def test_a_long_text_with_another_comma_is_folded_under_the_better_hit() -> None:
    assert fold(["Something else.", LEASE, LEASE.replace("order and", "order, and")]) == [
        [0],
        [1, 2],
    ]


def test_another_number_is_another_text() -> None:
    assert fold([LEASE, LEASE.replace("100", "150")]) == [[0], [1]]


def test_a_sign_that_turns_the_meaning_keeps_short_texts_apart() -> None:
    assert fold(["a < b", "a > b", "5 degrees", "-5 degrees"]) == [[0], [1], [2], [3]]


def test_texts_without_blanks_are_folded_too() -> None:
    text = "承租人最迟在每月第三个工作日支付租金。出租人负责维护暖气并每年请人清扫一次烟囱。"
    text *= 2
    again = text.removesuffix("。")

    assert fold([text, again, "押金在三个月内退还。"]) == [[0, 1], [2]]


def test_empty_texts_and_no_texts() -> None:
    assert fold([]) == []
    assert fold(["", " \n", "word"]) == [[0, 1], [2]]


def test_diverse_takes_the_unlike_hit_before_the_twin_of_the_best() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], np.float16)

    assert diverse([1.0, 0.95, 0.6], vectors, 3) == [0, 2, 1]
    assert diverse([1.0, 0.95, 0.6], vectors, 2, balance=1.0) == [0, 1]
    assert diverse([0.5, 0.5], vectors[:2], 5) == [0, 1]
    assert diverse([], np.empty((0, 2), np.float32), 3) == []


def test_diverse_refuses_what_does_not_belong_together() -> None:
    with pytest.raises(ValueError, match="as many"):
        diverse([1.0], np.zeros((2, 2), np.float32), 1)
    with pytest.raises(ValueError, match="balance"):
        diverse([1.0], np.zeros((1, 2), np.float32), 1, balance=2.0)
