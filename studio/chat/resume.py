"""Where each conversation's KV state lies on disk, and how much all of them may take together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from studio.engine.language import LoadSettings, ModelLoaded
from studio.engine.text import FileIdentity

_SUFFIX = ".kv"


class ResumeStates:
    """State files under a size cap; the least recently used go first.

    Args:
        folder: holds one file per conversation and model.
        cap_bytes: asked each time, so that a changed setting counts at once; 0 switches it off.
    """

    def __init__(self, folder: Path, cap_bytes: Callable[[], int]) -> None:
        self._folder = folder
        self._cap_bytes = cap_bytes

    def file_for(
        self,
        conversation_id: str,
        loaded: ModelLoaded,
        settings: LoadSettings,
        identity: FileIdentity | None,
    ) -> str:
        """Return the state file of a conversation under this model and these settings.

        A state is of use only to the very same weights and context layout, so both are in its
        name. Empty when the cap is 0 or the model's file was not seen when it was loaded.

        Args:
            identity: the model's file as it was loaded; by now it may be gone or another.
        """
        if self._cap_bytes() <= 0 or identity is None:
            return ""
        key = [
            loaded.path,
            identity.size_bytes,
            identity.modified_ns,
            loaded.context,
            asdict(settings),
        ]
        digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return str(self._folder / f"{conversation_id}-{digest}{_SUFFIX}")

    def touch(self, state_file: str) -> None:
        """Note that a state was used."""
        if state_file and Path(state_file).exists():
            Path(state_file).touch()

    def forget(self, conversation_id: str) -> None:
        """Delete the states of a conversation."""
        for path in self._folder.glob(f"{conversation_id}-*{_SUFFIX}"):
            path.unlink(missing_ok=True)

    def prune(self) -> int:
        """Delete the oldest states beyond the cap, and what an ended worker left unfinished.

        Returns:
            The bytes that were freed.
        """
        for part in self._folder.glob("*.part"):
            part.unlink(missing_ok=True)
        states = sorted(
            ((path.stat().st_mtime, path.stat().st_size, path) for path in self._states()),
            reverse=True,
        )
        kept = freed = 0
        for _, size, path in states:
            if kept + size <= self._cap_bytes():
                kept += size
            else:
                path.unlink(missing_ok=True)
                freed += size
        return freed

    def _states(self) -> list[Path]:
        return list(self._folder.glob(f"*{_SUFFIX}"))
