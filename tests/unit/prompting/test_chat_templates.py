"""Conversations become the prompts that each family of models was trained on."""

from __future__ import annotations

import datetime
import functools
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.starter import STARTER

from studio.engine.language import ChatMessage, ToolCall
from studio.errors import StudioError
from studio.prompting.templates import CHATML, NOTES, ChatTemplate, plain

FAMILIES = Path(__file__).parent / "families"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (FAMILIES / "expected.json").read_text(encoding="utf-8")
)
DAY = datetime.date(2025, 3, 4)

SYSTEM = ChatMessage("system", "Be brief.")
HI = ChatMessage("user", "Hi")
HELLO = ChatMessage("assistant", "Hello.", "A greeting.")
BYE = ChatMessage("user", "Bye")
CALL = ChatMessage("assistant", "", "", (ToolCall("get_weather", '{"city": "Rome"}'),))
RESULT = ChatMessage("tool", "sunny")
TOOLS = json.dumps(
    [
        {
            "type": "function",
            "function": {
                "name": "get_weather",
                "description": "Tells the weather <now>.",
                "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
            },
        }
    ]
)

# Their prompt of one turn is not wholly contained in the next: Mistral moves the system text to
# the last question, DeepSeek-R1 opens reasoning that it leaves out later.
NOT_APPEND_ONLY = {"mistral3", "deepseek_r1"}
# These trim, split or pack a reply, so that it does not stand in the next prompt as written.
REPLY_CHANGED = {"harmony", "command_r7b", *NOT_APPEND_ONLY}


def source(family: str) -> str:
    return (FAMILIES / f"{family}.jinja").read_text(encoding="utf-8")


@functools.cache
def template(family: str) -> ChatTemplate:
    return ChatTemplate(source(family), EXPECTED[family]["bos"], "</s>")


def render(family: str, *messages: ChatMessage, **further: Any) -> str:
    return template(family).render(messages, date=DAY, **further).text


def rendered(text: str, *messages: ChatMessage, tools: str = "", **options: Any) -> str:
    return ChatTemplate(text, "<s>", "</s>").render(messages or (HI,), tools, options=options).text


def test_every_family_has_its_expected_prompt() -> None:
    assert {path.stem for path in FAMILIES.glob("*.jinja")} == set(EXPECTED)
    assert len(EXPECTED) >= 16


@pytest.mark.parametrize("family", EXPECTED)
def test_conversation_of_a_family(family: str) -> None:
    got = template(family).render((SYSTEM, HI, HELLO, BYE), date=DAY)
    expected = EXPECTED[family]
    assert got.text == expected["text"]
    assert got.begins_with_bos is expected["begins_with_bos"]
    assert got.opens_reasoning is expected["opens_reasoning"]
    assert list(got.notes) == expected["notes"]
    assert set(got.notes) <= set(NOTES)


words = st.text(alphabet="abc .,?\n{}%<>é", min_size=1, max_size=30).map(lambda t: f"x{t}x")


@pytest.mark.parametrize("family", sorted(set(EXPECTED) - NOT_APPEND_ONLY))
@settings(deadline=None, max_examples=25)
@given(texts=st.lists(words, min_size=4, max_size=4), with_system=st.booleans())
def test_prompts_are_append_only(family: str, texts: list[str], with_system: bool) -> None:
    system, first, reply, second = texts
    head = (ChatMessage("system", system),) if with_system else ()
    question = (*head, ChatMessage("user", first))
    before = render(family, *question)
    after = render(family, *question, ChatMessage("assistant", reply), ChatMessage("user", second))
    assert after.startswith(before if family in REPLY_CHANGED else before + reply)


def test_starter_model_has_the_template_of_the_fixture() -> None:
    if not STARTER.exists():
        pytest.skip("the starter model is not here")
    with STARTER.open("rb") as file:
        data = file.read(8 << 20)
    key = b"tokenizer.chat_template"
    start = data.index(key) + len(key)
    text_type, size = struct.unpack_from("<IQ", data, start)
    assert text_type == 8
    text = data[start + 12 : start + 12 + size].decode()
    assert text.strip() == source("smollm2").strip()
    prompt = ChatTemplate(text, "<|im_start|>", "<|im_end|>").render((HI,))
    assert prompt.text.startswith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM")
    assert prompt.text.endswith("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")


@pytest.mark.parametrize("family", EXPECTED)
def test_long_conversation_renders(family: str) -> None:
    turns = [HI if n % 2 == 0 else HELLO for n in range(401)]
    text = render(family, *turns)
    assert text.count("Hello.") == 200


def test_qwen_keeps_the_reasoning_of_the_turn_it_is_in() -> None:
    thinking = ChatMessage("assistant", "I look.", "A question.")
    text = render("qwen3", HI, thinking, add_generation_prompt=False)
    assert "<think>\nA question.\n</think>\n\nI look." in text
    assert "A question." not in render("qwen3", HI, thinking, BYE)


def test_qwen_can_be_told_not_to_think() -> None:
    quiet = template("qwen3").render((HI,), options={"enable_thinking": False})
    assert quiet.text.endswith("<|im_start|>assistant\n<think>\n\n</think>\n\n")
    assert not quiet.opens_reasoning


@pytest.mark.parametrize(
    ("family", "call"),
    [
        ("qwen25", '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Rome"}}\n'),
        ("llama3", '{"name": "get_weather", "parameters": {"city": "Rome"}}<|eot_id|>'),
        ("granite3", '<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Rome"}}]'),
        (
            "mistral3",
            '[TOOL_CALLS] [{"name": "get_weather", "arguments": {"city": "Rome"},'
            ' "id": "call00000"}]</s>[TOOL_RESULTS] {"content": sunny, "call_id": "call00000"}',
        ),
        (
            "harmony",
            "<|start|>assistant to=functions.get_weather<|channel|>commentary json<|message|>"
            '{"city": "Rome"}<|call|><|start|>functions.get_weather to=assistant'
            '<|channel|>commentary<|message|>"sunny"<|end|>',
        ),
    ],
)
def test_calls_and_results_of_a_family(family: str, call: str) -> None:
    text = render(family, HI, CALL, RESULT, tools=TOOLS)
    assert call in text
    assert "sunny" in text
    assert "Tells the weather <now>." in text


def test_results_are_named_after_their_calls_in_order() -> None:
    calls = (ToolCall("a", "{}", "id1"), ToolCall("b", "{}"))
    results = (ChatMessage("tool", "1"), ChatMessage("tool", "2"), ChatMessage("tool", "3"))
    text = rendered(
        "{% for m in messages %}{{ m.name }}/{{ m.tool_call_id }} {% endfor %}Hi",
        HI,
        ChatMessage("assistant", "", "", calls),
        *results,
    )
    assert text == "/ / a/id1 b/call00001 / Hi"


def test_arguments_that_are_no_object_stay_text() -> None:
    source = (
        "{% for m in messages %}{% for c in m.tool_calls %}[{{ c.function.arguments }}]{% endfor %}"
        "{% endfor %}Hi"
    )
    odd = tuple(ToolCall("f", text) for text in ("[1]", "no json", '{"a": 1}'))
    assert (
        rendered(source, HI, ChatMessage("assistant", "", "", odd)) == "[[1]][no json][{'a': 1}]Hi"
    )


def test_json_is_written_as_transformers_does() -> None:
    text = rendered("{{ messages[0] | tojson }}", ChatMessage("user", "<é & 'x'>"))
    assert text == '{"role": "user", "content": "<é & \'x\'>"}'
    assert rendered("{{ {'b': [1]} | tojson(indent=2) }}Hi") == '{\n  "b": [\n    1\n  ]\n}Hi'
    assert rendered("{{ {'b': 1} | tojson(separators=(',', ':')) }}Hi") == '{"b":1}Hi'


def test_blocks_are_trimmed_as_transformers_does() -> None:
    assert rendered("  {% if true %}\nHi\n  {% endif %}\n") == "Hi\n"


def test_loop_controls_and_generation_blocks() -> None:
    source = (
        "{% for n in range(9) %}{% if n == 1 %}{% continue %}{% endif %}{% if n == 3 %}{% break %}"
        "{% endif %}{% generation %}{{ n }}{% endgeneration %}{% endfor %}Hi"
    )
    assert rendered(source) == "02Hi"


def test_lazy_filters_and_formatting_work() -> None:
    source = (
        "{{ messages | map(attribute='role') | map('upper') | join(',') }}"
        " {{ '%s-%d' % ('a', 3) }} {{ '{}:{x}'.format(1, x=2) }} {{ '{a}'.format_map({'a': 5}) }}"
        " {{ [3, 1, 2] | sort | list }} {{ 7 // 2 + 2 ** 3 - 1 / 2 }} {{ 'ab' ~ 3 }}"
        " {{ messages | selectattr('role', 'equalto', 'user') | list | length }}"
        " {{ 'a,b'.split(',') }} {{ 'x\ny'.splitlines() | length }} {{ 'aXa'.replace('X', '-') }}"
        " {{ [1, 2, 3, 4][1:3] }} {{ 'q' | indent(2, true) }} {{ 2.567 | round(1) }} Hi"
    )
    assert rendered(source) == (
        "USER a-3 1:2 5 [1, 2, 3] 10.5 ab3 1 ['a', 'b'] 2 a-a [2, 3]   q 2.6 Hi"
    )


def test_date_is_the_callers_and_has_no_time_of_day() -> None:
    source = "{{ strftime_now('%Y-%m-%d %-d %e %H:%M:%S %B %q') }} Hi"
    text = ChatTemplate(source, "", "").render((HI,), date=DAY).text
    assert text == "2025-03-04 4  4 00:00:00 March %q Hi"


def test_without_a_date_the_prompt_tells_today() -> None:
    before = datetime.datetime.now().astimezone().date()
    text = rendered("{{ strftime_now('%F %D %T %%Y') }} Hi")
    after = datetime.datetime.now().astimezone().date()
    assert text in {f"{day.isoformat()} {day:%m/%d/%y} %T %Y Hi" for day in (before, after)}


def test_tokens_reach_the_template_and_a_doubled_bos_is_noticed() -> None:
    assert rendered("{{ bos_token }}Hi{{ eos_token }}") == "<s>Hi</s>"
    assert ChatTemplate("{{ bos_token }}Hi", "<s>", "").render((HI,)).begins_with_bos
    assert not ChatTemplate("Hi", "<s>", "").render((HI,)).begins_with_bos
    assert not ChatTemplate("Hi", "", "").render((HI,)).begins_with_bos


def test_generation_prompt_can_be_left_out() -> None:
    text = ChatTemplate(CHATML, "", "").render((HI,), add_generation_prompt=False).text
    assert text == "<|im_start|>user\nHi<|im_end|>\n"


def test_neighbouring_turns_are_merged_for_templates_that_insist() -> None:
    got = template("mistral1").render((SYSTEM, HI, BYE))
    assert got.text == "<s>[INST] Be brief.\n\nHi\n\nBye [/INST]"
    assert got.notes == ("system_in_first_turn", "turns_merged")
    assert template("gemma3").render((HI, BYE)).notes == ("turns_merged",)


def test_system_text_that_a_template_would_drop_is_kept() -> None:
    source = "{% for m in messages if m.role != 'system' %}{{ m.content }}|{% endfor %}"
    got = ChatTemplate(source, "", "").render((SYSTEM, HI))
    assert got.text == "Be brief.\n\nHi|"
    assert got.notes == ("system_in_first_turn",)


def test_template_that_wants_lists_of_parts_gets_them() -> None:
    source = "{% for m in messages %}{% for p in m.content %}{{ p.text }}|{% endfor %}{% endfor %}"
    got = ChatTemplate(source, "", "").render((SYSTEM, HI))
    assert got.text == "Be brief.|Hi|"
    assert got.notes == ("typed_content",)


def test_template_that_changes_the_text_is_left_alone() -> None:
    source = "{% for m in messages %}{{ m.content | upper }}|{% endfor %}"
    got = ChatTemplate(source, "", "").render((SYSTEM, HI))
    assert (got.text, got.notes) == ("BE BRIEF.|HI|", ())


def test_system_text_alone() -> None:
    assert (
        template("gemma2").render((SYSTEM,)).text.startswith("<bos><start_of_turn>user\nBe brief.")
    )


def test_base_model_continues_plain_text() -> None:
    base = ChatTemplate("", "<s>", "</s>")
    base.check()
    question = (SYSTEM, ChatMessage("user", "Once upon a time"))
    first = base.render(question)
    assert first.text == "Once upon a time"
    assert first.notes == ("plain_text", "system_left_out")
    assert not first.begins_with_bos
    second = plain((*question, ChatMessage("assistant", " there was"), BYE))
    assert second.text == "Once upon a time there was\n\nBye"
    assert second.text.startswith(first.text + " there was")


@pytest.mark.parametrize("tools", ["{}", "no json", '"x"', "[" * 100_000])
def test_tools_that_are_no_array(tools: str) -> None:
    with pytest.raises(StudioError) as caught:
        ChatTemplate(CHATML, "", "").render((HI,), tools)
    assert caught.value.code == "tools.invalid"


def test_no_tools_are_none_to_the_template() -> None:
    source = "{{ tools is none }} {{ documents is none }} Hi"
    assert rendered(source) == "True True Hi"
    assert rendered(source, tools="[]") == "True True Hi"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{% if %}", "Expected an expression"),
        ("{% for m in messages %}", "Unexpected end of template"),
        ("{{ 1 | no_such_filter }}", "No filter named"),
        ("{{ missing.part }}", "'missing' is undefined"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ messages[0].content + 1 }}", "can only concatenate str"),
        ("{{ raise_exception('Bad conversation!') }}", "Bad conversation."),
        ("{{ raise_exception() }}", "refuses this conversation"),
        ("{% do 1 %}", "unknown tag"),
        ("{{ messages | tojson(1, 2, 3, 4, 5, 6) }}", "does not work"),
        ("{{ " + "9" * 5000 + " }}", "does not work"),
        ("{% for i in [1] %}" * 40 + "{% endfor %}" * 40, "does not work"),
    ],
)
def test_broken_template_says_what_is_wrong(source: str, says: str) -> None:
    with pytest.raises(StudioError) as caught:
        ChatTemplate(source, "", "").check()
    assert caught.value.code == "template.broken"
    assert says in f"{caught.value.what} {caught.value.details}"
    assert caught.value.hint
    assert "!" not in str(caught.value)
    assert len(caught.value.what) < 500


@pytest.mark.parametrize(
    "source", ["{{ raise_exception('Buy at https://shop.example') }}", "{% buy %}"]
)
def test_what_a_template_says_itself_is_not_put_into_our_sentence(source: str) -> None:
    with pytest.raises(StudioError) as caught:
        ChatTemplate(source, "", "").check()
    assert "buy" not in str(caught.value).casefold()
    assert "buy" in caught.value.details.casefold()


@pytest.mark.parametrize(
    "source", ["{{ '' }}", "{# nothing #}", "Answer:", "{{ messages[0].role }}"]
)
def test_template_that_leaves_the_question_out_is_broken(source: str) -> None:
    with pytest.raises(StudioError, match="leaves out what you write") as caught:
        ChatTemplate(source, "", "").check()
    assert caught.value.code == "template.broken"
