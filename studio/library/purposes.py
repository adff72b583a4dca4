"""What models can be for, in a module of its own: the window asks before models are known."""

from __future__ import annotations

ANSWERS = ("chat", "completion")  # what models that can reply are for
