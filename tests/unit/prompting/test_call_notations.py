"""Readers of calls give calls or a ValueError, whatever a model wrote."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.prompting.blocks import Read
from studio.prompting.call_notations import (
    read_deepseek,
    read_gemma,
    read_glm,
    read_harmony,
    read_invocations,
    read_json,
    read_kimi,
    read_mistral,
    read_python,
    read_tagged,
    read_xml_function,
)

READERS: list[Read] = [
    read_deepseek,
    read_gemma,
    read_glm,
    read_harmony,
    read_invocations,
    read_json,
    read_kimi,
    read_mistral,
    read_python,
    read_tagged,
    read_xml_function,
]

WORDS = [
    "f", "(", ")", "a=1", "[", "]", "{", "}", '"name"', ":", '"f"', ",", '"arguments"', "1", "\n",
    "<function=", ">", "</function>", "<parameter=", "</parameter>", "<arg_key>", "</arg_key>",
    "<arg_value>", "</arg_value>", '<invoke name="', '">', "</invoke>", "[ARGS]", "call:",
    '<|"|>', "<|message|>", "<|tool_call_begin|>", "lambda", "*", "**", "'", "\\d", "print",
    "<\uff5ctool\u2581call\u2581begin\uff5c>", "<\uff5ctool\u2581sep\uff5c>", "```json", "```",
]  # fmt: skip


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@settings(deadline=None)
@given(text=st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_anything_else_is_a_value_error(read: Read, text: str) -> None:
    try:
        calls = read(text)
    except ValueError:
        return
    assert calls
    for call in calls:
        assert call.name.strip()
        assert isinstance(json.loads(call.arguments), dict)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "[]",
        '"text"',
        '{"name": "f"}',
        '{"arguments": {}}',
        '{"name": "", "arguments": {}}',
        '{"name": 3, "arguments": {}}',
        '{"name": "a\\nb", "arguments": {}}',
        '{"name": "f", "arguments": [1]}',
        '{"name": "f", "arguments": "no json"}',
        '{"name": "f", "arguments": {}} and more',
        '{"name": "f", "arguments": {}',
        '{"name": "f", "arguments": {"a": NaN}}',
    ],
)
def test_json_that_is_no_call(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ('{"name": "f", "arguments": "{\\"a\\": 1}"}', {"a": 1}),
        ('{"name": "f", "parameters": {"a": 1}}', {"a": 1}),
        ('{"tool_name": "f", "parameters": {"a": 1}}', {"a": 1}),
        ('{"type": "function", "function": {"name": "f", "arguments": {"a": 1}}}', {"a": 1}),
        ('{"function": "f", "args": {"a": 1}}', {"a": 1}),
        ('{"name": "f", "arguments": null}', {}),
        ('{"name": "f", "arguments": ""}', {}),
        ('{"name": "f", "arguments": {"a": "<naïve> ü"}}', {"a": "<naïve> ü"}),
    ],
)
def test_the_many_shapes_of_json_calls(text: str, arguments: dict[str, object]) -> None:
    (call,) = read_json(text)
    assert call.name == "f"
    assert json.loads(call.arguments) == arguments
    assert "\\u" not in call.arguments


@pytest.mark.parametrize(
    "text",
    [
        "f(1)",
        "f(**x)",
        "f(a=g())",
        "f(a=b'x')",
        "f(a=1j)",
        "f(a=1e999)",
        "f(a=...)",
        "f(a=open)",
        "__import__('os').system('x')",
        "f(a=1) + g()",
        "x = f()",
        "f(" * 3000,
        "f(a=" + "-" * 5000 + "1)",
        "f(a='" + "x" * 30_000 + "')",
        "lambda: 1",
    ],
)
def test_python_that_is_no_plain_call(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read_python(text)


def test_python_is_read_without_warnings_or_evaluation() -> None:
    (call,) = read_python(r'search(pattern="\d+", size=2.5, on=False)')
    assert json.loads(call.arguments) == {"pattern": r"\d+", "size": 2.5, "on": False}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Rome", "Rome"),
        ("\nRome\n", "Rome"),
        ("  two\nlines ", "  two\nlines "),
        ("3", 3),
        ("-2.5e3", -2500.0),
        ("007", "007"),
        ("1.2.3", "1.2.3"),
        ("true", True),
        ("null", None),
        ('{"a": [1]}', {"a": [1]}),
        ("{not json}", "{not json}"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_untyped_values(written: str, value: object) -> None:
    (call,) = read_xml_function(f"f><parameter=a>{written}</parameter>")
    assert json.loads(call.arguments) == {"a": value}


@pytest.mark.parametrize(
    "text",
    [
        "f",
        "f>text",
        "f><parameter=a>1",
        "f><parameter=a>1</parameter>rest",
        "f>{broken",
    ],
)
def test_broken_xml(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_xml_function(text)


@pytest.mark.parametrize(
    "text", ["<function=f>", "x<function=f></function>", "<function=f></function>y"]
)
def test_broken_wrapping(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_tagged(text)
