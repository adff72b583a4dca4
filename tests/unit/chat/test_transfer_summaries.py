"""Summaries in Markdown and HTML of a conversation: at their place, with their text, and inert."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.archived import NOW, conversation, message

from studio.chat.transfer import html_page, markdown
from studio.chat.transfer.archive import ArchivedConversation, ArchivedSummary

IN_FORCE = "Summary: the model reads this in place of the messages above"
WAS = "Summary: the model read this in place of the messages above"


def told() -> ArchivedConversation:
    talk = conversation(
        message("a", content="First question"),
        message("b", "a", role="assistant", content="First reply"),
        message("c", "b", content="Second question"),
        message("d", "c", role="assistant", content="Second reply"),
        message("e", "d", content="Third question"),
        message("x", "b", content="Another question"),
    )
    summaries = (
        ArchivedSummary("b", "Of the first.", NOW),
        ArchivedSummary("d", "Of **both**. <script>", NOW),
        ArchivedSummary("x", "Of another branch.", NOW),
    )
    return replace(talk, leaf_id="e", summaries=summaries)


def marked(leaf_id: str | None = None) -> str:
    return "".join(markdown.parts(told(), leaf_id))


def page(purpose: html_page.Purpose = "web", leaf_id: str | None = None) -> str:
    return "".join(html_page.parts(told(), leaf_id, purpose=purpose))


@pytest.mark.parametrize("text", [marked(), page(), page("print")])
def test_summaries_stand_where_they_end(text: str) -> None:
    places = [
        text.index(each)
        for each in (
            *("First reply", WAS, "Of the first.", "Second question"),
            *("Second reply", IN_FORCE, "Of ", "Third question"),
        )
        if each != "Of "
    ]
    assert places == sorted(places)
    assert text.index(IN_FORCE) < text.index("both") < text.index("Third question")


@pytest.mark.parametrize("text", [marked(), page(), page("print")])
def test_one_of_another_branch_is_not_told(text: str) -> None:
    assert "Of another branch." not in text


@pytest.mark.parametrize("text", [marked("x"), page(leaf_id="x"), page("print", "x")])
def test_the_branch_that_is_written_tells_its_own(text: str) -> None:
    assert text.index("Another question") < text.index(IN_FORCE) < text.index("Of another branch.")
    assert text.count(WAS) == 1
    assert "both" not in text


def test_a_summary_is_shown_as_what_it_is_and_nothing_runs() -> None:
    assert "<b>both</b>. &lt;script&gt;" in page()
    assert "**both**. \\<script>" in marked()
    assert marked().count("<details>") == marked().count("</details>") == 2
    assert page().count("<details>") == page().count("</details>") == 2
    assert page("print").count('<div class="aside">') == 2


def test_a_conversation_without_summaries_says_nothing_of_them() -> None:
    talk = replace(told(), summaries=())
    assert "Summary" not in "".join(markdown.parts(talk))
    assert "Summary" not in "".join(html_page.parts(talk))
