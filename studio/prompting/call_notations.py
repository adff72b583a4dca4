"""Readers of the notations in which models write calls: text in, calls out, ValueError if not one.

They read what a stranger's model wrote, so each takes time in proportion to the text, and nothing
is ever evaluated.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from studio.engine.language import ToolCall

# DeepSeek's markers are drawn with a full-width bar and a block for the space.
DEEPSEEK_CALLS_BEGIN = "<\uff5ctool\u2581calls\u2581begin\uff5c>"
DEEPSEEK_CALLS_END = "<\uff5ctool\u2581calls\u2581end\uff5c>"
DEEPSEEK_CALL_BEGIN = "<\uff5ctool\u2581call\u2581begin\uff5c>"
DEEPSEEK_CALL_END = "<\uff5ctool\u2581call\u2581end\uff5c>"
DEEPSEEK_SEPARATOR = "<\uff5ctool\u2581sep\uff5c>"

_MAX_PYTHON = 20_000
_NAMES = {"true": True, "false": False, "null": None, "none": None}
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_][\w.-]{0,200})\s*:")
_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?")


def read_json(text: str) -> tuple[ToolCall, ...]:
    """Read JSON objects or arrays of them, one after the other, parted by space, ``,`` or ``;``."""
    decoder = json.JSONDecoder()
    calls: list[ToolCall] = []
    text = text.strip(" \t\r\n,;")
    while text:
        value, end = decoder.raw_decode(text)
        calls += map(_from_object, value if isinstance(value, list) else [value])
        text = text[end:].lstrip(" \t\r\n,;")
    return _some(calls)


def read_tagged(text: str) -> tuple[ToolCall, ...]:
    """Read what stands in ``<tool_call>``: JSON as Hermes has it, or Qwen3-Coder's XML."""
    if "<function=" in text:
        calls: list[ToolCall] = []
        for part in _sections(text, "<function="):
            body, closing, rest = part.partition("</function>")
            if not closing or rest.strip():
                raise ValueError("a function that is not closed")
            calls += read_xml_function(body)
        return _some(calls)
    return read_json(text)


def read_xml_function(text: str) -> tuple[ToolCall, ...]:
    """Read ``name><parameter=key>value</parameter>...`` or ``name>{json}``."""
    name, closing, body = text.partition(">")
    if not closing:
        raise ValueError("a function without a name")
    if body.strip().startswith("{"):
        return (_call(name, json.loads(body)),)
    arguments = {}
    for part in _sections(body, "<parameter="):
        key, closing, rest = part.partition(">")
        value, ending, after = rest.partition("</parameter>")
        if not closing or not ending or after.strip():
            raise ValueError("a parameter that is not closed")
        arguments[key.strip()] = _value(value)
    return (_call(name, arguments),)


def read_glm(text: str) -> tuple[ToolCall, ...]:
    """Read ``name<arg_key>key</arg_key><arg_value>value</arg_value>...``."""
    if text.lstrip().startswith("{"):
        return read_json(text)
    name, opening, rest = text.partition("<arg_key>")
    arguments = {}
    for part in _sections(opening + rest, "<arg_key>"):
        key, closing, rest = part.partition("</arg_key>")
        value, ending, after = rest.partition("</arg_value>")
        before, opening, value = value.partition("<arg_value>")
        if not (closing and opening and ending) or before.strip() or after.strip():
            raise ValueError("an argument that is not closed")
        arguments[key.strip()] = _value(value)
    return (_call(name, arguments),)


def read_invocations(text: str) -> tuple[ToolCall, ...]:
    """Read ``<invoke name="f"><parameter name="key">value</parameter>...</invoke>...``."""
    calls = []
    for part in _sections(text, '<invoke name="'):
        name, opening, rest = part.partition('">')
        body, closing, after = rest.partition("</invoke>")
        if not opening or not closing or after.strip():
            raise ValueError("an invocation that is not closed")
        arguments = {}
        for parameter in _sections(body, '<parameter name="'):
            key, opening, rest = parameter.partition('">')
            value, ending, after = rest.partition("</parameter>")
            if not opening or not ending or after.strip():
                raise ValueError("a parameter that is not closed")
            arguments[key] = _value(value)
        calls.append(_call(name, arguments))
    return _some(calls)


def read_mistral(text: str) -> tuple[ToolCall, ...]:
    """Read a JSON array, or ``name[CALL_ID]id[ARGS]{json}`` with its marker between calls."""
    if text.lstrip().startswith(("[", "{")):
        return read_json(text)
    calls = []
    for part in text.split("[TOOL_CALLS]"):
        head, marker, arguments = part.partition("[ARGS]")
        if not marker:
            head, brace, rest = part.partition("{")
            arguments = brace + rest
        name, _, identity = head.partition("[CALL_ID]")
        calls.append(_call(name, json.loads(arguments), identity.strip()))
    return _some(calls)


def read_deepseek(text: str) -> tuple[ToolCall, ...]:
    """Read DeepSeek's calls: V3 and R1 fence their JSON, V3.1 does not."""
    calls = []
    for part in _sections(text, DEEPSEEK_CALL_BEGIN):
        body = part.partition(DEEPSEEK_CALL_END)[0]
        head, separator, rest = body.partition(DEEPSEEK_SEPARATOR)
        name, arguments = head, rest
        if "```json" in rest:
            name, _, arguments = rest.partition("```json")
            arguments = arguments.rpartition("```")[0]
        if not separator:
            raise ValueError("a call without its separator")
        calls.append(_call(name, json.loads(arguments)))
    return _some(calls)


def read_kimi(text: str) -> tuple[ToolCall, ...]:
    """Read ``functions.name:0<|tool_call_argument_begin|>{json}`` of Kimi K2."""
    calls = []
    for part in _sections(text, "<|tool_call_begin|>"):
        body = part.partition("<|tool_call_end|>")[0]
        identity, _, arguments = body.partition("<|tool_call_argument_begin|>")
        name = identity.strip().removeprefix("functions.").partition(":")[0]
        calls.append(_call(name, json.loads(arguments), identity.strip()))
    return _some(calls)


def read_harmony(text: str) -> tuple[ToolCall, ...]:
    """Read ``functions.name ...<|message|>{json}`` of gpt-oss."""
    header, marker, arguments = text.partition("<|message|>")
    name = re.split(r"[\s<]", header.strip(), maxsplit=1)[0]
    if not marker:
        raise ValueError("a call without a message")
    return (_call(name.removeprefix("functions."), json.loads(arguments)),)


def read_gemma(text: str) -> tuple[ToolCall, ...]:
    """Read ``call:name{key:<|"|>text<|"|>,other:1}`` of Gemma 4."""
    head, brace, rest = text.strip().partition("{")
    pieces = (brace + rest).split('<|"|>')
    written = [
        json.dumps(piece) if place % 2 else _BARE_KEY.sub(r'\1"\2":', piece)
        for place, piece in enumerate(pieces)
    ]
    return (_call(head.removeprefix("call:"), json.loads("".join(written))),)


def read_python(text: str) -> tuple[ToolCall, ...]:
    """Read ``[f(a=1), g(b="x")]``, ``f(a=1)`` or ``print(f(a=1))``; JSON is read as JSON."""
    text = text.strip()
    if text.startswith(("{", "[{")):
        return read_json(text)
    if len(text) > _MAX_PYTHON:
        raise ValueError("too long for calls")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text, mode="eval").body
        except (SyntaxError, MemoryError, RecursionError) as error:
            raise ValueError("not written as calls") from error
    parts = tree.elts if isinstance(tree, ast.List | ast.Tuple) else [tree]
    return _some([_from_python(part) for part in parts])


def _from_object(value: object) -> ToolCall:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    inner = value.get("function")
    described: dict[str, Any] = inner if isinstance(inner, dict) else value
    name = described.get("name", described.get("tool_name", inner))
    for key in ("arguments", "parameters", "args"):
        if key in described:
            identity = value.get("id", value.get("tool_call_id", ""))
            return _call(name, described[key], str(identity))
    raise ValueError("no arguments")


def _from_python(node: ast.expr) -> ToolCall:
    if not isinstance(node, ast.Call):
        raise ValueError("not a call")
    name = ast.unparse(node.func)
    if name == "print" and len(node.args) == 1:
        return _from_python(node.args[0])
    if node.args or not re.fullmatch(r"[\w.]+", name):
        raise ValueError("arguments without names")
    arguments = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise ValueError("arguments without names")
        arguments[keyword.arg] = _literal(keyword.value)
    return _call(name.removesuffix(".call"), arguments)


def _literal(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value) if isinstance(value, str | int | float | None):
            return value
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_literal(part) for part in parts]
        case ast.Dict(keys=keys, values=values):
            return {
                str(_literal(key)): _literal(value)
                for key, value in zip(keys, values, strict=True)
                if key is not None
            }
    raise ValueError("not a plain value")


def _value(text: str) -> Any:
    """Return what an untyped value looks like: JSON if it is plainly that, else text."""
    text = text.removeprefix("\n").removesuffix("\n")
    bare = text.strip()
    if bare[:1] in ("{", "[") or bare in ("true", "false", "null") or _NUMBER.fullmatch(bare):
        try:
            return json.loads(bare)
        except ValueError:
            return text
    return text


def _call(name: object, arguments: object, identity: str = "") -> ToolCall:
    if isinstance(arguments, str):
        arguments = json.loads(arguments or "{}")
    if arguments is None:
        arguments = {}
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise ValueError("not a name with arguments")
    name = name.strip()
    if not name or any(letter in name for letter in "\n<>{}"):
        raise ValueError("not the name of a tool")
    written = json.dumps(arguments, ensure_ascii=False, allow_nan=False)
    return ToolCall(name, written, identity)


def _sections(text: str, marker: str) -> Iterator[str]:
    """Yield what follows each marker, up to the next; nothing may stand before the first."""
    before, *parts = text.split(marker)
    if before.strip():
        raise ValueError(f"text before {marker}")
    yield from parts


def _some(calls: list[ToolCall]) -> tuple[ToolCall, ...]:
    if not calls:
        raise ValueError("no call")
    return tuple(calls)
