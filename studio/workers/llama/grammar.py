"""Holds a reply to a grammar: which tokens may come next, and which have come.

llama.cpp ends its process on a token that does not fit and on some grammars, so each grammar is
checked before it sees it, and each token before it is told.
"""

from __future__ import annotations

import ctypes
from typing import Any

import llama_cpp
import numpy as np

from studio.engine.language import Sampling
from studio.prompting.shapes.in_force import checked
from studio.workers.llama.model import Model
from studio.workers.serve import RefusedError

TOKEN_DATA = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
_LONGEST_PIECE = 64  # bytes


class Grammar:
    """The grammar of one reply, and how far the reply has come in it.

    Args:
        text: GBNF that was checked.
        begun: what of the reply is there already.

    Raises:
        RefusedError: llama.cpp does not take it, or the beginning does not fit.
    """

    def __init__(self, model: Model, text: str, begun: str) -> None:
        self._model = model
        handle = llama_cpp.llama_sampler_init_grammar(model.vocabulary, text.encode(), b"root")
        if not handle:
            raise _refused("this model does not know a token that it names")
        self._handle = handle
        try:
            self._follow(begun)
        except RefusedError:
            self.close()
            raise

    def close(self) -> None:
        """Give it back."""
        llama_cpp.llama_sampler_free(self._handle)

    def allows(self, token: int) -> bool:
        """Tell whether a token may come next."""
        data = np.array([(token, 1.0, 0.0)], TOKEN_DATA)
        self._apply(data)
        return bool(np.isfinite(data["logit"][0]))

    def narrow(self, data: np.ndarray[Any, Any]) -> None:
        """Leave only tokens that may come next, of candidates as :data:`TOKEN_DATA`.

        Raises:
            RefusedError: there is none.
        """
        self._apply(data)
        if not np.isfinite(data["logit"]).any():
            raise _refused("this model has no token for what must come next")

    def accept(self, token: int) -> None:
        """Go on by a token that is allowed."""
        llama_cpp.llama_sampler_accept(self._handle, token)

    def _apply(self, data: np.ndarray[Any, Any]) -> None:
        llama_cpp.llama_sampler_apply(self._handle, ctypes.byref(candidates(data)))

    def _follow(self, begun: str) -> None:
        """Go through a beginning, in tokens that may be others than those it was written in."""
        if not begun:
            return
        rest = begun.encode("utf-8", "surrogatepass")
        tokens = _by_piece(self._model)
        while rest:
            sizes = range(min(len(rest), _LONGEST_PIECE), 0, -1)
            size = next((size for size in sizes if rest[:size] in tokens), 0)
            if not size or not self.allows(tokens[rest[:size]]):
                raise _refused("what there is of this reply does not fit it")
            self.accept(tokens[rest[:size]])
            rest = rest[size:]


def grammar_for(model: Model, sampling: Sampling, begun: str) -> Grammar | None:
    """Return the grammar that a reply is held to, if any.

    Raises:
        RefusedError: the schema or grammar cannot be used, with the reason.
    """
    found = checked(sampling)
    if found is None:
        return None
    if found.problem is not None:
        raise RefusedError("sampling.grammar", reason=str(found.problem))
    return Grammar(model, found.grammar, begun)


def candidates(data: np.ndarray[Any, Any]) -> llama_cpp.llama_token_data_array:
    """Return tokens and their logits as llama.cpp takes them; it changes the data in place."""
    return llama_cpp.llama_token_data_array(
        data=data.ctypes.data_as(llama_cpp.llama_token_data_p),
        size=len(data),
        selected=-1,
        sorted=False,
    )


def _by_piece(model: Model) -> dict[bytes, int]:
    tokens = range(model.vocabulary_size)
    return {model.piece(token): token for token in tokens if not model.is_control(token)}


def _refused(reason: str) -> RefusedError:
    return RefusedError("sampling.grammar", reason=f"{reason}.")
