"""Patterns pass over what ``.gitignore`` would."""

from __future__ import annotations

import pytest

from studio.documents.ignoring import USUAL, Ignored


@pytest.mark.parametrize(
    ("patterns", "taken", "passed_over"),
    [
        (["*.tmp"], ["a.txt", "tmp"], ["a.tmp", "deep/b.tmp"]),
        (["/top.txt"], ["deep/top.txt"], ["top.txt"]),
        (["a/b"], ["c/a/b", "a"], ["a/b"]),
        (["**/b"], ["b/c"], ["b", "a/b", "a/c/b"]),
        (["a/**"], ["a"], ["a/b", "a/b/c"]),
        (["a/**/b"], ["ab", "a/c"], ["a/b", "a/c/b", "a/c/d/b"]),
        (["build/"], ["build", "build.txt"], []),
        (["*", "!*.md"], ["a.md", "deep/a.md"], ["a.txt"]),
        (["[a-c]?.txt"], ["d1.txt", "a.txt", "a/.txt"], ["b1.txt"]),
        (["[!a]x"], ["ax", "b/ax"], ["bx"]),
        ([r"\*", r"\#x"], ["a"], ["*", "#x"]),
        (["# a comment", "", "   ", "/", "!"], ["# a comment", "a"], []),
        (["a b  "], ["a"], ["a b"]),
        (["[z-a]", "[", "("], ["z"], ["[", "("]),
        (["été*", "🎉"], ["ete"], ["été.txt", "x/🎉"]),
        (["new\\\nline"], [], ["new\nline"]),
    ],
)
def test_patterns(patterns: list[str], taken: list[str], passed_over: list[str]) -> None:
    ignored = Ignored(patterns)
    assert [path for path in taken if ignored.holds(path, is_folder=False)] == []
    assert [path for path in passed_over if not ignored.holds(path, is_folder=False)] == []


def test_a_pattern_that_ends_in_a_slash_is_for_folders() -> None:
    ignored = Ignored(["build/"])
    assert ignored.holds("deep/build", is_folder=True)
    assert not ignored.holds("deep/build", is_folder=False)


def test_what_is_passed_over_by_default() -> None:
    ignored = Ignored(USUAL)
    files = ["~$letter.docx", ".~lock.a.odt#", "x/Thumbs.db", "a.crdownload"]
    assert all(ignored.holds(path, is_folder=False) for path in files)
    assert all(ignored.holds(path, is_folder=True) for path in ["a/node_modules", "$RECYCLE.BIN"])
    assert not ignored.holds("letter~$.docx", is_folder=False)
