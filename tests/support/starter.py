"""Where the starter chat model lies, which the bootstrap brings."""

from __future__ import annotations

from support.source_tree import ROOT

from studio.library.starter import CHAT

STARTER = ROOT / "models" / CHAT.files[0].target
