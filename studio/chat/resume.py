"""Where each conversation's KV state lies on disk, and how much all of them may take together.

A state only saves time: whatever goes wrong here is logged, and the prompt is read again instead.
Several programs may use the folder at once, so any file may be gone from one line to the next.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from pathlib import Path

from studio.chat import processes
from studio.engine.language import LoadSettings, ModelLoaded
from studio.engine.text import FileIdentity
from studio.errors import StudioError
from studio.library.gguf import GgufHeader, read_header

_SUFFIX = ".kv"

# Settings that change nothing in a state, so that it is still found when free memory has led to
# others. All the rest counts: llama.cpp itself refuses a state of another cache type or layout,
# but cannot see how the positions in it were turned.
_INDIFFERENT = frozenset(
    {"context", "gpu_layers", "threads", "batch", "memory_map", "memory_lock", "seed"}
)

_log = logging.getLogger(__name__)


class ResumeStates:
    """State files under a size cap; the least recently used go first.

    Args:
        folder: holds one file per conversation and model.
        cap_bytes: asked each time, so that a changed setting counts at once; 0 switches it off.
        conversations: tells the ids of all there are; states of others are deleted.
        header: reads a model file's header.
    """

    def __init__(
        self,
        folder: Path,
        cap_bytes: Callable[[], int],
        conversations: Callable[[], Collection[str]],
        header: Callable[[Path], GgufHeader] = read_header,
    ) -> None:
        self._folder = folder
        self._cap_bytes = cap_bytes
        self._conversations = conversations
        self._header = header
        self._first_contexts: dict[tuple[str, FileIdentity], int | None] = {}

    def file_for(
        self,
        conversation_id: str,
        loaded: ModelLoaded,
        settings: LoadSettings,
        identity: FileIdentity | None,
    ) -> str:
        """Return the state file of a conversation under this model and these settings.

        A state is of use only to the very same weights, read in the same way, so both are in its
        name. Both parts of the name are hashes: an id may come from an imported file, and what
        stands there must not choose a place on the disk. Empty when the cap is 0, the model's
        file was not seen when it was loaded, or the folder cannot be made.

        Args:
            identity: the model's file as it was loaded; by now it may be gone or another.
        """
        if self._cap_bytes() <= 0 or identity is None:
            return ""
        key = [
            loaded.path,
            identity.size_bytes,
            identity.modified_ns,
            self._rope_reach(loaded, settings, identity),
            {key: value for key, value in asdict(settings).items() if key not in _INDIFFERENT},
        ]
        with _tolerated():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = f"{hashed(conversation_id)}-{hashed(json.dumps(key))}{_SUFFIX}"
            return str(self._folder / name)
        return ""

    def touch(self, state_file: str) -> None:
        """Note that a state was used."""
        with _tolerated():
            if state_file and Path(state_file).exists():
                Path(state_file).touch()

    def prune(self) -> int:
        """Delete states of deleted conversations, the oldest ones beyond the cap, and what an
        ended worker left unfinished.

        Returns:
            The bytes that were freed.
        """
        freed = 0
        with _tolerated():
            for part in self._folder.glob("*.part"):
                if _is_abandoned(part):
                    _delete(part)
            states = self._states()
            ids = self._conversations()  # asked after looking, so that no new one is missed
            there = {hashed(conversation_id) for conversation_id in ids}
            cap = self._cap_bytes()
            kept = 0
            for _, size, path in states:
                if path.name.rpartition("-")[0] in there and kept + size <= cap:
                    kept += size
                elif _delete(path):
                    freed += size
        return freed

    def _rope_reach(
        self, loaded: ModelLoaded, settings: LoadSettings, identity: FileIdentity
    ) -> object:
        """Return what of the context's size a state depends on.

        LongRoPE turns positions in one way up to the context that the model was first trained
        with, and in another beyond it (Phi-3 and relatives; ``get_rope_factors`` in llama.cpp).
        Where the header cannot be read, only a state of the same size is taken.
        """
        known = (loaded.path, identity)
        if known not in self._first_contexts:
            self._first_contexts[known] = self._first_context(Path(loaded.path), identity)
        first = settings.yarn_original_context or self._first_contexts[known]
        return loaded.context if first is None else loaded.context > first

    def _first_context(self, path: Path, identity: FileIdentity) -> int | None:
        try:
            facts = path.stat()
            if (facts.st_size, facts.st_mtime_ns) != (identity.size_bytes, identity.modified_ns):
                return None
            header = self._header(path)
        except (OSError, StudioError) as error:
            _log.info("the header of %s could not be read: %s", path, error)
            return None
        return header.number("rope.scaling.original_context_length") or header.context_length

    def _states(self) -> list[tuple[float, int, Path]]:
        """Return when each state was last used, its size in bytes and its path, newest first."""
        states = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                states.append((facts.st_mtime, facts.st_size, path))
        return sorted(states, reverse=True)


class NoStates(ResumeStates):
    """Keeps no state, for conversations that must leave none on the disk."""

    def __init__(self) -> None:
        super().__init__(Path(), lambda: 0, tuple)

    def prune(self) -> int:
        """Delete nothing: what lies there belongs to others."""
        return 0


def hashed(text: str) -> str:
    """Return what stands in a state file's name for a conversation's id, or for the rest."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_abandoned(part: Path) -> bool:
    """Tell whether nobody writes a part any more; its writer's process id is in its name."""
    pid = part.stem.rpartition(".")[2]
    if not pid.isdecimal():
        return False
    try:
        return not processes.ran_at(int(pid), part.stat().st_mtime)
    except FileNotFoundError:
        return False


def _delete(path: Path) -> bool:
    """Delete a file; return whether it is gone by this. One that is in use may have to stay."""
    try:
        path.unlink()
    except OSError as error:
        _log.info("%s stays: %s", path.name, error)
        return False
    return True


@contextlib.contextmanager
def _tolerated() -> Iterator[None]:
    try:
        yield
    except (OSError, StudioError) as error:
        _log.warning("Saved states of conversations could not be looked after: %s", error)
