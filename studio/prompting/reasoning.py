"""The table of how models mark their reasoning, and the packaging of the answer that follows it.

The markers are those of the models' published chat templates.
"""

from __future__ import annotations

from studio.prompting.blocks import Block


def _reasoning(
    opening: str, *closings: str, anywhere: bool = False, mentions: tuple[str, ...] = ()
) -> Block:
    return Block("reasoning", opening, closings, anywhere=anywhere, mentions=mentions)


_TAGS = ("<|open|>", "<|close|>")  # of which the template of Kimi K3 puts its markers together


REASONING: tuple[Block, ...] = (
    # DeepSeek-R1, Qwen 3, SmolLM3, Granite 3.3 and most others; fine-tunes often do not mention
    # it in their template, and a reply that begins so is never anything else.
    Block("reasoning", "<think>", ("</think>",), always=True, anywhere=False),
    _reasoning("<thinking>", "</thinking>"),
    _reasoning("<reasoning>", "</reasoning>"),
    _reasoning("<thought>", "</thought>"),  # EXAONE Deep
    _reasoning("<seed:think>", "</seed:think>"),  # Seed-OSS
    _reasoning("<longcat_think>", "</longcat_think>"),
    _reasoning("<mm:think>", "</mm:think>"),  # MiniMax M3
    _reasoning("<think:opensource>", "</think:opensource>", mentions=("<think{}>",)),  # Hunyuan 3
    _reasoning("<|open|>think<|sep|>", "<|close|>think<|sep|>", mentions=_TAGS),  # Kimi K3
    _reasoning("◁think▷", "◁/think▷"),  # Kimi-VL
    _reasoning("[THINK]", "[/THINK]", anywhere=True),  # Magistral, Ministral 3
    _reasoning("<|begin_of_thought|>", "<|end_of_thought|>", anywhere=True),  # Sky-T1
    _reasoning("<|START_THINKING|>", "<|END_THINKING|>", anywhere=True),  # Command R7B, A
    _reasoning("<|inner_prefix|>", "<|inner_suffix|>", anywhere=True),  # Apertus
    _reasoning("<|channel>thought", "<channel|>", anywhere=True),  # Gemma 4
    _reasoning("Here is my thought process:", "Here is my response:"),  # Granite 3.2
    _reasoning("Here are my reasoning steps:", "[BEGIN FINAL RESPONSE]"),  # Apriel
    # gpt-oss, in the harmony format
    Block(
        "reasoning",
        "<|channel|>analysis<|message|>",
        ("<|end|>", "<|return|>"),
        mentions=("<|channel|>",),
    ),
)


def _frame(opening: str, *closings: str, mentions: tuple[str, ...] = ()) -> Block:
    return Block("frame", opening, closings, mentions=mentions)


_HARMONY = ("<|channel|>",)

FRAMES: tuple[Block, ...] = (
    _frame("<|START_RESPONSE|>"),
    _frame("<|END_RESPONSE|>"),
    _frame("<|START_TEXT|>"),
    _frame("<|END_TEXT|>"),
    _frame("<|begin_of_solution|>"),
    _frame("<|end_of_solution|>"),
    _frame("<response>", mentions=("<response>", "</response>")),
    _frame("</response>", mentions=("<response>", "</response>")),
    _frame("<answer>", mentions=("<answer>\n", "<answer>\\n")),  # Hunyuan
    _frame("</answer>", mentions=("<answer>\n", "<answer>\\n")),
    _frame("<|open|>response<|sep|>", mentions=_TAGS),
    _frame("<|close|>response<|sep|>", mentions=_TAGS),
    _frame("<|close|>message<|sep|>", mentions=_TAGS),
    _frame("[BEGIN FINAL RESPONSE]"),
    _frame("[END FINAL RESPONSE]"),
    _frame("<|start|>assistant", mentions=_HARMONY),
    _frame("<|channel|>final", "<|message|>", mentions=_HARMONY),
    _frame("<|channel|>commentary", "<|message|>", mentions=_HARMONY),
    _frame("<|end|>", mentions=_HARMONY),
    _frame("<|return|>", mentions=_HARMONY),
)
