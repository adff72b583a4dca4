"""The table of how models write calls of tools.

The markers are those of the models' published chat templates; the notations between them are
read by :mod:`studio.prompting.call_notations`.
"""

from __future__ import annotations

from studio.prompting.blocks import Block
from studio.prompting.call_notations import (
    DEEPSEEK_CALL_BEGIN,
    DEEPSEEK_CALL_END,
    DEEPSEEK_CALLS_BEGIN,
    DEEPSEEK_CALLS_END,
    DEEPSEEK_SEPARATOR,
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

_OBJECT_STARTS = tuple(
    f'"{key}":'
    for key in ("name", "type", "function", "tool_name", "parameters", "arguments", "id")
)
_JSON_STARTS = tuple(start + key for start in ("{", "[{") for key in _OBJECT_STARTS)
_DEEPSEEK_INNER = (DEEPSEEK_CALL_BEGIN, DEEPSEEK_CALL_END, DEEPSEEK_SEPARATOR)
_KIMI_INNER = ("<|tool_call_begin|>", "<|tool_call_argument_begin|>", "<|tool_call_end|>")


def _harmony(opening: str, *, anywhere: bool = True) -> Block:
    return Block(
        "tool",
        opening,
        ("<|call|>",),
        mentions=("<|channel|>",),
        anywhere=anywhere,
        inner=("<|channel|>", "<|message|>", "<|constrain|>"),
        read=read_harmony,
    )


TOOLS: tuple[Block, ...] = (
    # GLM 4.5; before the next, which shares its marker
    Block("tool", "<tool_call>", ("</tool_call>",), mentions=("<arg_key>",), read=read_glm),
    # Hermes, Qwen 2.5 and 3, SmolLM3, Granite 4; Qwen3-Coder writes XML inside
    Block(
        "tool",
        "<tool_call>",
        ("</tool_call>",),
        begins=("{", "[", "<function="),
        read=read_tagged,
    ),
    Block("tool", "<seed:tool_call>", ("</seed:tool_call>",), read=read_tagged),
    Block("tool", "<minimax:tool_call>", ("</minimax:tool_call>",), read=read_invocations),
    Block("tool", "<tool_calls>", ("</tool_calls>",), begins=("[", "{"), read=read_json),
    Block("tool", "<TOOLCALL>", ("</TOOLCALL>",), begins=("[", "{"), read=read_json),
    # Qwen3-Coder without its wrapper, Llama 3 with custom functions
    Block("tool", "<function=", ("</function>",), read=read_xml_function),
    # Granite 3 (to the end of the reply), Phi-4-mini (closed)
    Block("tool", "<|tool_call|>", ("<|/tool_call|>",), begins=("[", "{"), read=read_json),
    Block("tool", "functools", begins=("[",), mentions=("functools",), read=read_json),
    Block("tool", "[TOOL_CALLS]", inner=("[ARGS]", "[CALL_ID]"), read=read_mistral),
    Block("tool", "<|START_ACTION|>", ("<|END_ACTION|>",), read=read_json),
    Block(
        "tool",
        DEEPSEEK_CALLS_BEGIN,
        (DEEPSEEK_CALLS_END,),
        inner=_DEEPSEEK_INNER,
        read=read_deepseek,
    ),
    Block(
        "tool",
        "<|tool_calls_section_begin|>",
        ("<|tool_calls_section_end|>",),
        inner=_KIMI_INNER,
        read=read_kimi,
    ),
    Block("tool", "<|tool_call_start|>", ("<|tool_call_end|>",), read=read_python),  # LFM2
    Block("tool", "<|tool_call>", ("<tool_call|>",), inner=('<|"|>',), read=read_gemma),
    _harmony("<|channel|>commentary to="),
    _harmony("<|channel|>analysis to="),
    _harmony("<|start|>assistant to="),
    _harmony("to=functions.", anywhere=False),  # after a prompt that ends with the former's start
    # Llama 3: built-in tools as Python, the person's as JSON, with or without the tag
    Block("tool", "<|python_tag|>", read=read_python),
    Block(
        "tool",
        "{",
        mentions=("<|python_tag|>", '"parameters": dictionary of'),
        anywhere=False,
        needs_tools=True,
        begins=_OBJECT_STARTS,
        read=lambda text: read_json("{" + text),
    ),
    # Any model that was shown tools and does as others do
    Block(
        "tool",
        "```json",
        ("```",),
        always=True,
        needs_tools=True,
        begins=_JSON_STARTS,
        read=read_json,
    ),
    Block("tool", "```tool_code", ("```",), always=True, needs_tools=True, read=read_python),
)
