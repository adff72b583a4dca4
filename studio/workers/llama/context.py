"""The model's working memory for one conversation at a time: KV cache, prefix reuse, state files.

``tokens`` always mirrors what the cache holds. A prompt is read from where it first differs from
them. Caches that cannot be cut there (recurrent and hybrid models, sliding windows) go back to a
checkpoint taken at the end of the last prompt, or are read again from the start. A picture takes
the place of so many tokens, all of one number below zero that stands for it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
import psutil

from studio.engine.language import LoadSettings
from studio.workers.llama.checkpoints import Checkpoints
from studio.workers.llama.model import Model, common_prefix
from studio.workers.llama.native import AbortFlag, NativeLog
from studio.workers.llama.readings import Readings
from studio.workers.llama.span import Span, Spans, StoppedError, TextBatch
from studio.workers.llama.state_file import SEQUENCE, KeptState, stored_tokens
from studio.workers.serve import RefusedError

DEFAULT_CONTEXT = 8192
_ABORTED = 2
_CPU_STEP = 128  # a processor reads larger batches no faster, and tells of them less often

CACHE_TYPES = {"f32": 0, "f16": 1, "q4_0": 2, "q8_0": 8, "bf16": 30}  # enum ggml_type of ggml.h

_ROPE = {"none": 0, "linear": 1, "yarn": 2, "longrope": 3}  # enum llama_rope_scaling_type


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
        self.readings = Readings()
        self._spans = Spans()
        self.abort = abort
        params = _context_params(model, settings, abort)
        log.clear()
        handle = llama_cpp.llama_init_from_model(model.handle, params)
        if not handle:
            raise _context_refusal(params.n_ctx, log)
        memory = llama_cpp.llama_get_memory(handle)
        if memory is None:
            llama_cpp.llama_free(handle)
            raise RefusedError(
                "model.not_generative", architecture=model.meta("general.architecture")
            )
        self.handle, self._memory = handle, memory
        self._checkpoints = Checkpoints(handle, SEQUENCE)
        self._kept = KeptState(handle, self.readings)
        self.batch_size = int(llama_cpp.llama_n_batch(handle))
        self.step = self.batch_size if model.layers_offloaded else min(_CPU_STEP, self.batch_size)
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

    def prepare(
        self, prompt: list[int], state_file: str, *, reuse: bool, spans: Spans | None = None
    ) -> Reused:
        """Bring as much of ``prompt`` into the cache as need not be read again.

        Args:
            prompt: all its tokens; at least the last one is always read, for its logits.
            state_file: where this conversation's state is kept; empty for nowhere.
            reuse: off to begin with an empty cache.
            spans: the pictures in it.

        Raises:
            RefusedError: ``picture.batch_too_small``.
        """
        spans = spans or Spans()
        spans.check(self.batch_size)
        from_disk = False
        if not reuse:
            self.save()
            self._forget()
        elif state_file != self._kept.path:
            self.save()
            from_disk = self._load(state_file, prompt)
        self._kept.path = state_file
        self._spans = spans  # what is kept of the cache has the same pictures
        keep = spans.floor(min(common_prefix(self.tokens, prompt), len(prompt) - 1))
        kept = self.cut(keep)
        return Reused(kept, from_disk and kept > 0)

    def decode(self, tokens: list[int]) -> None:
        """Read a batch of tokens; afterwards the last one's logits are there.

        Raises:
            StoppedError: the abort flag was raised.
            RefusedError: llama.cpp could not do it.
        """
        batch = TextBatch(tokens, self._spans.position(len(self.tokens)), bool(self._spans))
        status = llama_cpp.llama_decode(self.handle, batch.batch)
        if status == 0:
            self.readings.add(len(self.tokens), len(tokens))
            self.tokens.extend(tokens)
            return
        reached = llama_cpp.llama_memory_seq_pos_max(self._memory, SEQUENCE) + 1
        if reached > batch.position:  # a part of it was read, nobody knows in which batches
            self.readings.lose(len(self.tokens))
            self.tokens.extend(tokens[: reached - batch.position])
        if status == _ABORTED:
            raise StoppedError
        raise RefusedError("engine.decode_failed", status=status)

    def save(self) -> tuple[int, int]:
        """Write the state of the current conversation, if it has a file and is worth it.

        Returns:
            Tokens and bytes written; zeros when there was nothing to save.
        """
        return self._kept.save(self.tokens)

    def _load(self, path: str, prompt: list[int]) -> bool:
        """Load a conversation's state when it holds more of ``prompt`` than the cache does."""
        stored = stored_tokens(Path(path)) if path else []
        self._kept.forget()
        if common_prefix(stored, prompt) <= common_prefix(self.tokens, prompt):
            return False
        self._forget()
        self.tokens = self._kept.load(path, self.size)
        if not self.tokens:
            self._forget()
        return bool(self.tokens)

    def cut(self, keep: int) -> int:
        """Shorten the cache to ``keep`` tokens, or to fewer where it cannot be cut; return them."""
        if keep >= len(self.tokens):
            return len(self.tokens)
        if keep > 0 and self._window_reaches(keep) and self._remove_from(keep):
            self.tokens = self.tokens[:keep]
        else:
            self._go_back(keep)
        self._checkpoints.forget_after(len(self.tokens))
        self.readings.cut(len(self.tokens))
        return len(self.tokens)

    def _window_reaches(self, keep: int) -> bool:
        if self.model.recurrent:
            return False
        first = llama_cpp.llama_memory_seq_pos_min(self._memory, SEQUENCE)
        return bool(first == 0 or first <= self._spans.position(keep) - self.model.sliding_window)

    def _remove_from(self, index: int) -> bool:
        position = self._spans.position(index)
        return bool(llama_cpp.llama_memory_seq_rm(self._memory, SEQUENCE, position, -1))

    def _go_back(self, keep: int) -> None:
        for checkpoint in self._checkpoints.before(keep):
            if self._checkpoints.restore(checkpoint) and self._remove_from(checkpoint.position):
                self.tokens = self.tokens[: checkpoint.position]
                return
        self._forget()

    @property
    def has_pictures(self) -> bool:
        """Whether a picture is among what is read."""
        return bool(self._spans)

    def take_checkpoint(self) -> None:
        """Keep what a memory that cannot be cut needs to come back to here."""
        self._checkpoints.take(len(self.tokens))

    def read_some(self, prompt: list[int], end: int) -> None:
        """Read the next batch of a prompt's text up to ``end``, or a picture."""
        begin = len(self.tokens)
        if (picture := self._spans.at(begin)) is not None:
            self._read_picture(prompt, picture)
            return
        stop = min(self._spans.text_end(begin, end), begin + self.step)
        self.decode(prompt[begin:stop])

    def _read_picture(self, prompt: list[int], picture: Span) -> None:
        """Read a picture whole, or nothing of it."""
        status = picture.read(self._spans.position(picture.start), self.batch_size)
        if status == 0:
            self.readings.lose(picture.start)  # an encoder's batches are its own
            self.tokens.extend(prompt[picture.start : picture.end])
            return
        if not self._remove_from(picture.start):
            self._forget()
        if status == _ABORTED:
            raise StoppedError
        raise RefusedError("engine.decode_failed", status=status)

    def _forget(self) -> None:
        llama_cpp.llama_memory_clear(self._memory, True)
        self.tokens = []
        self.readings.clear()
        self._kept.forget()
        self._checkpoints.clear()


@contextlib.contextmanager
def aside(context: Context, prompt: list[int]) -> Iterator[str]:
    """Take off at the end of a block what is read and written in it, behind what was there.

    Where ``prompt`` begins otherwise than that, the rest of it is lost; when that is much, it is
    saved before. Gives the state file to prepare the prompt with.
    """
    tokens, spans, state_file = list(context.tokens), context._spans, context._kept.path
    if 2 * common_prefix(tokens, prompt) < len(tokens):
        context.save()
        state_file = ""  # for the file to be looked at again, which holds more from now on
    elif not context.can_be_cut:
        context._checkpoints.take(len(tokens))
    try:
        yield context._kept.path
    finally:
        context._spans = spans
        context.cut(common_prefix(context.tokens, tokens))
        context._kept.path = state_file


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
    params.n_threads = params.n_threads_batch = thread_count(settings)
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


def thread_count(settings: LoadSettings) -> int:
    """Return how many processor threads to use."""
    return settings.threads or psutil.cpu_count(logical=False) or os.cpu_count() or 1


def _or_as_in_file(factor: float | None) -> float:
    return -1.0 if factor is None else factor
