"""The model's working memory for one conversation at a time: KV cache, prefix reuse, state files.

``tokens`` always mirrors what the cache holds. A prompt is read from where it first differs from
them. Caches that cannot be cut there (recurrent and hybrid models, sliding windows) go back to a
checkpoint taken at the end of the last prompt, or are read again from the start.
"""

from __future__ import annotations

import ctypes
import logging
import os
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
import psutil

from studio.engine.language import LoadSettings
from studio.workers.llama.model import Model, common_prefix
from studio.workers.llama.native import AbortFlag, NativeLog
from studio.workers.serve import RefusedError

DEFAULT_CONTEXT = 8192
_SEQUENCE = 0
_WORTH_SAVING_TOKENS = 32
_MAX_CHECKPOINTS = 4
_ABORTED = 2

CACHE_TYPES = {"f32": 0, "f16": 1, "q4_0": 2, "q8_0": 8, "bf16": 30}  # enum ggml_type of ggml.h
_log = logging.getLogger(__name__)

_ROPE = {"none": 0, "linear": 1, "yarn": 2, "longrope": 3}  # enum llama_rope_scaling_type


class StoppedError(Exception):
    """Stop was pressed while tokens were read."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The uncuttable part of the memory, after ``position`` tokens."""

    position: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Reused:
    """How many prompt tokens need not be read, and whether they came from a file."""

    tokens: int
    from_disk: bool


class Context:
    """KV cache and logits of one loaded model.

    Raises:
        RefusedError: the settings are wrong or the memory does not suffice.
    """

    def __init__(
        self, model: Model, settings: LoadSettings, abort: AbortFlag, log: NativeLog
    ) -> None:
        self.model = model
        self.tokens: list[int] = []
        self._state_file = ""
        self._saved_tokens: list[int] = []
        self._checkpoints: list[Checkpoint] = []
        self._abort = abort
        params = _context_params(model, settings, abort)
        log.clear()
        handle = llama_cpp.llama_init_from_model(model.handle, params)
        if not handle:
            raise _context_refusal(params.n_ctx, log)
        memory = llama_cpp.llama_get_memory(handle)
        if memory is None:
            raise RefusedError(
                "model.not_generative", architecture=model.meta("general.architecture")
            )
        self.handle, self._memory = handle, memory
        self._batch_size = int(llama_cpp.llama_n_batch(handle))
        self._full_window = settings.full_sliding_window

    def close(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_free(self.handle)

    @property
    def size(self) -> int:
        """Tokens that fit."""
        return int(llama_cpp.llama_n_ctx(self.handle))

    @property
    def can_be_cut(self) -> bool:
        """Whether tokens can be taken off the end one by one."""
        windowed = self.model.sliding_window > 0 and not self._full_window
        return not (self.model.recurrent or windowed)

    def prepare(self, prompt: list[int], state_file: str, *, reuse: bool) -> Reused:
        """Bring as much of ``prompt`` into the cache as need not be read again.

        Args:
            prompt: all its tokens; at least the last one is always read, for its logits.
            state_file: where this conversation's state is kept; empty for nowhere.
            reuse: off to begin with an empty cache.
        """
        from_disk = False
        if not reuse:
            self._forget()
        elif state_file != self._state_file:
            self.save()
            self._saved_tokens = []
            from_disk = self._load(state_file, prompt)
        self._state_file = state_file
        keep = min(common_prefix(self.tokens, prompt), len(prompt) - 1)
        kept = self._cut(keep)
        return Reused(kept, from_disk and kept > 0)

    def read(self, prompt: list[int], progress: Callable[[int, int, float], None]) -> None:
        """Read what of ``prompt`` is not in the cache.

        Args:
            progress: told tokens done, tokens to read and seconds left, after each batch.

        Raises:
            StoppedError: the abort flag was raised; what was read stays in the cache.
        """
        start = len(self.tokens)
        total = len(prompt) - start
        began = time.perf_counter()
        # A checkpoint lies before the last token, which must be read again for its logits.
        ends = [len(prompt)] if self.can_be_cut else [len(prompt) - 1, len(prompt)]
        for end in ends:
            while len(self.tokens) < end:
                if self._abort.is_set:  # a device may read a whole batch without asking
                    raise StoppedError
                stop = min(end, len(self.tokens) + self._batch_size)
                self.decode(prompt[len(self.tokens) : stop])
                done = len(self.tokens) - start
                rate = done / max(time.perf_counter() - began, 1e-9)
                progress(done, total, (total - done) / rate)
            if not self.can_be_cut and end == len(prompt) - 1:
                self._take_checkpoint()

    def decode(self, tokens: list[int]) -> None:
        """Read a batch of tokens; afterwards the last one's logits are there.

        Raises:
            StoppedError: the abort flag was raised.
            RefusedError: llama.cpp could not do it.
        """
        array = (ctypes.c_int32 * len(tokens))(*tokens)
        batch = llama_cpp.llama_batch_get_one(array, len(tokens))
        status = llama_cpp.llama_decode(self.handle, batch)
        if status == 0:
            self.tokens.extend(tokens)
            return
        reached = llama_cpp.llama_memory_seq_pos_max(self._memory, _SEQUENCE) + 1
        self.tokens.extend(tokens[: max(0, reached - len(self.tokens))])
        if status == _ABORTED:
            raise StoppedError
        raise RefusedError("engine.decode_failed", status=status)

    def save(self) -> tuple[int, int]:
        """Write the state of the current conversation, if it has a file and is worth it.

        Returns:
            Tokens and bytes written; zeros when there was nothing to save.
        """
        worth = len(self.tokens) >= _WORTH_SAVING_TOKENS and self.tokens != self._saved_tokens
        if not self._state_file or not worth:
            return 0, 0
        target = Path(self._state_file)
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        try:
            size_bytes = _write_state(self.handle, self.tokens, partial)
            partial.chmod(0o600)
            partial.replace(target)
        except OSError as error:  # it only saves time: the prompt is read again instead
            _log.warning("the conversation's state could not be saved: %s", error)
            return 0, 0
        self._saved_tokens = list(self.tokens)
        return len(self.tokens), size_bytes

    def _load(self, state_file: str, prompt: list[int]) -> bool:
        """Load a conversation's state when it holds more of ``prompt`` than the cache does."""
        stored = _stored_tokens(Path(state_file)) if state_file else []
        if common_prefix(stored, prompt) <= common_prefix(self.tokens, prompt):
            return False
        self._forget()
        array = (ctypes.c_int32 * self.size)()
        count = ctypes.c_size_t(0)
        size = llama_cpp.llama_state_seq_load_file(
            self.handle, state_file.encode(), _SEQUENCE, array, self.size, ctypes.byref(count)
        )
        if not size:
            self._forget()
            return False
        self.tokens = list(array[: count.value])
        self._saved_tokens = list(self.tokens)
        return True

    def _cut(self, keep: int) -> int:
        """Shorten the cache to ``keep`` tokens, or to fewer where it cannot be cut; return them."""
        if keep >= len(self.tokens):
            return len(self.tokens)
        if keep > 0 and self._window_reaches(keep) and self._remove_from(keep):
            self.tokens = self.tokens[:keep]
        else:
            self._go_back(keep)
        self._checkpoints = [c for c in self._checkpoints if c.position <= len(self.tokens)]
        return len(self.tokens)

    def _window_reaches(self, keep: int) -> bool:
        if self.model.recurrent:
            return False
        first = llama_cpp.llama_memory_seq_pos_min(self._memory, _SEQUENCE)
        return bool(first == 0 or first <= keep - self.model.sliding_window)

    def _remove_from(self, position: int) -> bool:
        return bool(llama_cpp.llama_memory_seq_rm(self._memory, _SEQUENCE, position, -1))

    def _go_back(self, keep: int) -> None:
        for checkpoint in reversed(self._checkpoints):
            if checkpoint.position <= keep and self._restore(checkpoint):
                self.tokens = self.tokens[: checkpoint.position]
                return
        self._forget()

    def _take_checkpoint(self) -> None:
        flags = llama_cpp.LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY
        size = llama_cpp.llama_state_seq_get_size_ext(self.handle, _SEQUENCE, flags)
        buffer = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data_ext(
            self.handle, buffer, size, _SEQUENCE, flags
        )
        if written:
            self._checkpoints.append(Checkpoint(len(self.tokens), bytes(buffer)[:written]))
            del self._checkpoints[:-_MAX_CHECKPOINTS]

    def _restore(self, checkpoint: Checkpoint) -> bool:
        flags = llama_cpp.LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY
        size = len(checkpoint.data)
        buffer = (ctypes.c_uint8 * size).from_buffer_copy(checkpoint.data)
        read = llama_cpp.llama_state_seq_set_data_ext(self.handle, buffer, size, _SEQUENCE, flags)
        return read == size and self._remove_from(checkpoint.position)

    def _forget(self) -> None:
        llama_cpp.llama_memory_clear(self._memory, True)
        self.tokens = []
        self._saved_tokens = []
        self._checkpoints = []


def _write_state(handle: Any, tokens: list[int], target: Path) -> int:
    """Write the cache and its tokens to a file; return its size in bytes."""
    array = (ctypes.c_int32 * len(tokens))(*tokens)
    written = llama_cpp.llama_state_seq_save_file(
        handle, str(target).encode(), _SEQUENCE, array, len(tokens)
    )
    if not written:
        target.unlink(missing_ok=True)
        raise OSError(f"llama.cpp did not write {target}")
    return int(written)


def _stored_tokens(path: Path) -> list[int]:
    """Return the tokens of a state file: magic, version, count, then one int32 each.

    The layout is that of ``llama_state_seq_save_file``; reading it here spares loading a state
    that is of no use. A file that is not one gives no tokens, and the prompt is read instead.
    """
    header = struct.Struct("<III")
    try:
        with path.open("rb") as file:
            start = file.read(header.size)
            if len(start) < header.size:
                return []
            magic, _version, count = header.unpack(start)
            data = file.read(4 * min(count, 1 << 24))
    except FileNotFoundError:
        return []  # never saved; or pruned just now, by this program or another
    except OSError as error:  # it would only save time
        _log.info("the conversation's state could not be read: %s", error)
        return []
    if magic != llama_cpp.LLAMA_STATE_SEQ_MAGIC or len(data) < 4 * count:
        return []
    return list(struct.unpack(f"<{count}i", data))


def _context_refusal(size: int, log: NativeLog) -> RefusedError:
    if log.out_of_memory():
        return RefusedError("model.out_of_memory", context=size, details=log.text())
    reason = log.last_error() or "it does not say why"
    return RefusedError("model.not_prepared", reason=reason, details=log.text())


def _context_params(model: Model, settings: LoadSettings, abort: AbortFlag) -> Any:
    if settings.cache_type not in CACHE_TYPES:
        raise RefusedError("settings.invalid", reason=f"cache type {settings.cache_type!r}")
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = settings.context or min(
        model.context_trained or DEFAULT_CONTEXT, DEFAULT_CONTEXT
    )
    params.n_batch = min(settings.batch, params.n_ctx)
    params.n_ubatch = params.n_batch
    params.n_seq_max = 1
    params.n_outputs_max = 1  # only the last logits are ever asked for; spares a large buffer
    params.type_k = params.type_v = CACHE_TYPES[settings.cache_type]
    flash = {None: -1, False: 0, True: 1}  # enum llama_flash_attn_type
    params.flash_attn_type = flash[settings.flash_attention]
    threads = settings.threads or psutil.cpu_count(logical=False) or os.cpu_count() or 1
    params.n_threads = params.n_threads_batch = threads
    params.swa_full = settings.full_sliding_window
    params.abort_callback = abort.function
    params.abort_callback_data = abort.data
    if settings.rope_scaling is not None:
        if settings.rope_scaling not in _ROPE:
            raise RefusedError("settings.invalid", reason=f"RoPE scaling {settings.rope_scaling!r}")
        params.rope_scaling_type = _ROPE[settings.rope_scaling]
    params.rope_freq_base = settings.rope_frequency_base or 0.0
    params.rope_freq_scale = settings.rope_frequency_scale or 0.0
    params.yarn_orig_ctx = settings.yarn_original_context or 0
    params.yarn_ext_factor = _or_as_in_file(settings.yarn_extrapolation)
    params.yarn_attn_factor = _or_as_in_file(settings.yarn_attention)
    params.yarn_beta_fast = _or_as_in_file(settings.yarn_beta_fast)
    params.yarn_beta_slow = _or_as_in_file(settings.yarn_beta_slow)
    return params


def _or_as_in_file(factor: float | None) -> float:
    return -1.0 if factor is None else factor
