"""A preset that ends replies in time: the starter model may ramble on, by the seed it draws."""

from __future__ import annotations

import json
from pathlib import Path

from studio.assembly import Parts, open_data

NAME = "short"


def put(home: Path, tokens: int) -> None:
    """Write the preset into a data folder that is not open yet."""
    folder = home / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    preset = {"title": "Short", "sampling": {"max_tokens": tokens}}
    (folder / f"{NAME}.json").write_text(json.dumps(preset), "utf-8")


def opened(home: Path, tokens: int) -> Parts:
    """Open a data folder whose new chats have the preset."""
    put(home, tokens)
    parts = open_data(home)
    parts.settings.set("chat.default_preset", NAME)
    return parts
