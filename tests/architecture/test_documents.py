"""What the documents say is checked against what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import needs
import pytest
import verbs
from support.source_tree import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_links_lead_somewhere() -> None:
    seen = 0
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text("utf-8")):
            if not target.startswith("http"):
                seen += 1
                assert (document.parent / target).exists(), f"{document.name}: {target}"
    assert seen > 10


@pytest.mark.parametrize("package", [*needs.WINDOW_LIBRARIES.values(), needs.FONT_PACKAGE])
def test_the_readme_names_every_package_of_debian(package: str) -> None:
    assert f" {package} " in (ROOT / "README.md").read_text("utf-8").replace("`", " ")


def test_every_verb_is_explained() -> None:
    told = "".join(document.read_text("utf-8") for document in DOCUMENTS[:2])
    for verb in verbs.VERBS:
        if verb != "models":
            assert f"bootstrap.py {verb}" in told, verb
    assert len(verbs.VERBS) >= 8


def test_the_documented_way_into_the_database_works(profile: Path) -> None:
    """Runs the lines of docs/file-formats.md on a database that the program has made."""
    made = subprocess.run(
        [sys.executable, "-P", "-m", "studio", "--home", str(profile), "doctor", "--json"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    listing = (ROOT / "docs" / "file-formats.md").read_text("utf-8")
    program = re.findall(r"```python\n(.*?)```", listing, re.DOTALL)[0]

    read = subprocess.run(
        [sys.executable, "-P", "-c", program + PROOF],
        cwd=profile,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert read.returncode == 0, read.stderr
    assert read.stdout == "[('user', 'Hello'), ('assistant', 'Good day')]\n"


# Writes a conversation of two messages with the documented columns, and reads it as documented.
PROOF = """
writer = sqlite3.connect("studio.db")
writer.execute("PRAGMA foreign_keys = off")
told = [("one", None, "user", "Hello"), ("two", "one", "assistant", "Good day")]
now = "2026-01-01T00:00:00+00:00"
writer.execute(
    "INSERT INTO chat_conversations (id, created_at, updated_at, leaf_id) VALUES (?, ?, ?, ?)",
    ("talk", now, now, "two"),
)
for key, parent, role, content in told:
    writer.execute(
        "INSERT INTO chat_messages (id, conversation_id, parent_id, role, content, created_at,"
        " status) VALUES (?, 'talk', ?, ?, ?, ?, 'done')",
        (key, parent, role, content, now),
    )
writer.commit()
print(database.execute(BRANCH, ("talk",)).fetchall())
"""
