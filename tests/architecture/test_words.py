"""The words in the project's files: none that only makes sense elsewhere, none that alarms."""

from __future__ import annotations

import ast
import re

from support.source_tree import place, python_files, text_files, tree

# Split, so that this file does not contain what it looks for.
FOREIGN = (
    "/wo" r"rk/",
    "/ro" r"ot/",
    r"/tmp/[a-z]\b",
    "/opt/" r"(pypi|wheels)",
    r"pypi" r"\.org",
    r"python" r"hosted",
    r"debian" r"\.org/debian",
    r"npm" r"js\.(org|com)",
    r"ana" r"conda\.org",
)
UNFINISHED = (r"\bTO" r"DO\b", r"\bFIX" r"ME\b", r"\bX" r"XX\b", r"\bOo" r"ps\b")
CODE_FORM = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")


def test_files_speak_of_the_project_alone() -> None:
    wanted = re.compile("|".join((*FOREIGN, *UNFINISHED)))
    files = list(text_files())
    found = [
        f"{place(path)}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if wanted.search(line)
    ]
    assert not found, "\n".join(found)
    assert len(files) > 150


def errors() -> list[tuple[str, list[ast.expr]]]:
    """Return every ``StudioError(...)`` of the program: its place and arguments."""
    return [
        (
            place(path, node),
            [
                *node.args,
                *(
                    keyword.value if keyword.arg else ast.Starred(keyword.value)
                    for keyword in node.keywords
                ),
            ],
        )
        for path in python_files("studio")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "StudioError"
    ]


def text_of(node: ast.expr) -> str:
    """Return the literal words of an expression."""
    return "".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_every_error_has_a_code_a_sentence_and_a_next_step() -> None:
    seen = errors()
    wrong = []
    for where, arguments in seen:
        if any(isinstance(argument, ast.Starred) for argument in arguments):
            continue  # made from remembered facts
        if len(arguments) < 3:
            wrong.append(f"{where}: no next step")
            continue
        code, what, hint = (text_of(argument) for argument in arguments[:3])
        if code == "cancelled":
            continue  # no failure: the person asked for it, and nothing needs to be done next
        if code and not CODE_FORM.fullmatch(code):
            wrong.append(f"{where}: the code {code!r}")
        if "!" in what + hint:
            wrong.append(f"{where}: an exclamation mark")
        if isinstance(arguments[2], ast.Constant) and not hint.rstrip().endswith((".", "?")):
            wrong.append(f"{where}: the next step is no sentence: {hint!r}")
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 20


def test_the_window_raises_its_voice_nowhere() -> None:
    """Strings that a person can read on the screen hold no exclamation mark."""
    files = python_files("studio/ui")
    loud = [
        f"{place(path, node)}: {node.value!r}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"[a-z]!(\s|$)", node.value)
    ]
    assert not loud, "\n".join(loud)
    assert len(files) > 20
