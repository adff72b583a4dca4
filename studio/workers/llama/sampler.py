"""Chooses the next token: llama.cpp's samplers in its usual order, and a grammar if asked."""

from __future__ import annotations

import ctypes
import secrets
from typing import Any

import llama_cpp
import numpy as np

from studio.engine.language import Sampling
from studio.engine.protocol import Alternative
from studio.workers.llama.grammar import TOKEN_DATA, Grammar, candidates, grammar_for
from studio.workers.llama.model import Model

_DRY_BREAKERS = (b"\n", b":", b'"', b"*")


class Sampler:
    """A chain of samplers for one reply.

    The penalties look at the reply alone: a question's own words may be repeated in its answer.

    Args:
        model: whose vocabulary is chosen from.
        sampling: what the person asked for.
        begun: what of the reply is there already; a grammar goes on after it.

    Raises:
        RefusedError: the grammar or schema cannot be used.
    """

    def __init__(self, model: Model, sampling: Sampling, begun: str = "") -> None:
        self.seed = secrets.randbits(32) if sampling.seed is None else sampling.seed % (1 << 32)
        self._model = model
        self._sampling = sampling
        # The grammar first: it is the only part that can refuse, and nothing is to be freed then.
        self._grammar = grammar_for(model, sampling, begun)
        self._chain = llama_cpp.llama_sampler_chain_init(
            llama_cpp.llama_sampler_chain_default_params()
        )
        for sampler in _samplers(model, sampling, self.seed):
            llama_cpp.llama_sampler_chain_add(self._chain, sampler)

    def close(self) -> None:
        """Give the samplers back."""
        llama_cpp.llama_sampler_free(self._chain)
        if self._grammar is not None:
            self._grammar.close()

    def next(self, context: Any, *, thinks: bool = False) -> int:
        """Return the token chosen from the context's last logits.

        Args:
            thinks: the reply is still inside of its reasoning, which no grammar is about.
        """
        if self._grammar is None or thinks:
            return int(llama_cpp.llama_sampler_sample(self._chain, context, -1))
        return self._next_in_grammar(context, self._grammar)

    def _next_in_grammar(self, context: Any, grammar: Grammar) -> int:
        # As llama.cpp's own tools do: choose freely and look whether the grammar allows it, since
        # asking the grammar about the whole vocabulary costs more than the model itself.
        logits = self.logits(context)
        token = self._choose(logits)
        if not grammar.allows(token):
            token = self._choose(logits, grammar)
        grammar.accept(token)
        llama_cpp.llama_sampler_accept(self._chain, token)
        return token

    def _choose(
        self, logits: np.ndarray[Any, np.dtype[np.float32]], grammar: Grammar | None = None
    ) -> int:
        data = np.zeros(len(logits), TOKEN_DATA)
        data["id"] = np.arange(len(logits), dtype=np.int32)
        data["logit"] = logits
        if grammar is not None:
            grammar.narrow(data)
        array = candidates(data)
        llama_cpp.llama_sampler_apply(self._chain, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def logits(self, context: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return the last token's logits, shape ``(vocabulary,)``."""
        pointer = llama_cpp.llama_get_logits_ith(context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self._model.vocabulary_size,))

    def alternatives(self, context: Any, token: int) -> tuple[float, tuple[Alternative, ...]]:
        """Return the chosen token's log probability and the likeliest alternatives.

        They are the model's own, before temperature and the other settings.
        """
        logits = self.logits(context).astype(np.float64)
        logprobs = logits - (np.logaddexp.reduce(logits))
        count = min(self._sampling.top_logprobs, len(logprobs) - 1)
        best = np.argpartition(-logprobs, count)[:count]
        best = best[np.argsort(-logprobs[best])]
        listed = tuple(
            Alternative(self._model.piece(int(index)).decode("utf-8", "replace"), float(value))
            for index, value in zip(best, logprobs[best], strict=True)
        )
        return float(logprobs[token]), listed


def _samplers(model: Model, sampling: Sampling, seed: int) -> list[Any]:
    chain = [
        llama_cpp.llama_sampler_init_penalties(
            model.vocabulary_size,
            sampling.penalty_window,
            max(sampling.repeat_penalty, 1e-6),
            sampling.frequency_penalty,
            sampling.presence_penalty,
        )
    ]
    if sampling.dry_multiplier > 0:
        chain.append(_dry(model, sampling))
    if sampling.temperature <= 0:
        return [*chain, llama_cpp.llama_sampler_init_greedy()]
    if sampling.mirostat:
        return [*chain, *_mirostat(model, sampling, seed)]
    chain += [
        llama_cpp.llama_sampler_init_top_k(sampling.top_k),
        llama_cpp.llama_sampler_init_typical(sampling.typical_p, 1),
        llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1),
        llama_cpp.llama_sampler_init_min_p(sampling.min_p, 1),
    ]
    if sampling.xtc_probability > 0:
        chain.append(
            llama_cpp.llama_sampler_init_xtc(
                sampling.xtc_probability, sampling.xtc_threshold, 1, seed
            )
        )
    return [
        *chain,
        llama_cpp.llama_sampler_init_temp(sampling.temperature),
        llama_cpp.llama_sampler_init_dist(seed),
    ]


def _mirostat(model: Model, sampling: Sampling, seed: int) -> list[Any]:
    temperature = llama_cpp.llama_sampler_init_temp(sampling.temperature)
    if sampling.mirostat == 1:
        final = llama_cpp.llama_sampler_init_mirostat(
            model.vocabulary_size, seed, sampling.mirostat_tau, sampling.mirostat_eta, 100
        )
    else:
        final = llama_cpp.llama_sampler_init_mirostat_v2(
            seed, sampling.mirostat_tau, sampling.mirostat_eta
        )
    return [temperature, final]


def _dry(model: Model, sampling: Sampling) -> Any:
    breakers = (ctypes.c_char_p * len(_DRY_BREAKERS))(*_DRY_BREAKERS)
    return llama_cpp.llama_sampler_init_dry(
        model.vocabulary,
        sampling.dry_multiplier,
        sampling.dry_base,
        sampling.dry_allowed_length,
        sampling.dry_window if sampling.dry_window >= 0 else model.context_trained,
        breakers,
        len(_DRY_BREAKERS),
    )
