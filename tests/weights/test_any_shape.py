"""Any schema or grammar at all: llama.cpp takes it, or it is refused, and the worker lives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from support import tiny_chat
from support.any_shape import grammars, schemas
from weights.conftest import load

from studio.engine.host import Host
from studio.engine.language import ChatMessage, Generate, Sampling
from studio.errors import StudioError
from studio.prompting.shapes.gbnf import check_grammar
from studio.prompting.shapes.schema import check_schema

ASK = (ChatMessage("user", "Hi"),)


@pytest.fixture(scope="module")
def tiny_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a worker with a tiny model loaded."""
    folder = tmp_path_factory.mktemp("shapes")
    started = Host("llm", folder / "llm.log")
    started.start()
    load(started, tiny_chat.put(folder), context=256)
    yield started
    started.stop()


def refused(host: Host, shape: Sampling) -> str:
    """Write a token in a shape; return why that is refused, or nothing."""
    try:
        host.submit(Generate(0, ASK, replace(shape, max_tokens=1))).result()
    except StudioError as error:
        if error.code != "sampling.grammar":
            raise
        return error.details or error.what
    return ""


@settings(max_examples=60, deadline=None)
@given(schemas())
def test_llama_takes_each_schema_that_passes(tiny_host: Host, schema: Any) -> None:
    text = json.dumps(schema)
    problem = check_schema(text).problem
    assert bool(refused(tiny_host, Sampling(json_schema=text))) == (problem is not None)


@settings(max_examples=60, deadline=None)
@given(grammars())
def test_llama_takes_each_grammar_that_passes(tiny_host: Host, grammar: str) -> None:
    told = refused(tiny_host, Sampling(grammar=grammar))
    if check_grammar(grammar).problem is not None:
        assert told
    elif told:  # what only the vocabulary can tell
        assert "<" in grammar or "no token" in told
