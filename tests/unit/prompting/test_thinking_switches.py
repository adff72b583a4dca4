"""What a chat template lets one choose of its model's thinking is found by trying it out."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from studio.engine.language import ChatMessage, Sampling
from studio.prompting.begun import closing_of, without_thoughts
from studio.prompting.formats import detect
from studio.prompting.reply_parser import ReplyParser
from studio.prompting.templates import ChatTemplate, Rendered
from studio.prompting.thinking import BLOCK, Switches, Wish, switches_of, wish_of

FAMILIES = Path(__file__).parent / "families"
HI = (ChatMessage("system", "Be brief."), ChatMessage("user", "Hi"))
TURNS = "{% for m in messages %}<{{ m.role }}>{{ m.content }}\n{% endfor %}<assistant>"

# Made for these tests, each after the rule of a family: a variable that opens or closes thoughts
# (DeepSeek V3.1), words in the system text that are taken out again (Nemotron), words that the
# template adds (GLM 4.5), an effort with fixed words (Mistral), and a budget (Seed-OSS).
OFF_BY_DEFAULT = TURNS + "{{ '<think>' if thinking is defined and thinking else '</think>' }}"
WORDS = (
    "{% set ns = namespace(on=true) %}{% for m in messages %}"
    "{% if '/no_think' in m.content %}{% set ns.on = false %}{% endif %}"
    "<{{ m.role }}>{{ m.content | replace('/no_think', '') | trim }}\n{% endfor %}<assistant>"
    "{{ '<think>\n' if ns.on else '<think></think>' }}"
)
ADDED = (
    "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% if m.role == 'user' and"
    " (enable_thinking is defined and not enable_thinking) %}/nothink{% endif %}\n{% endfor %}"
    "<assistant>"
    "{% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}"
)
EFFORT = (
    "{% if reasoning_effort not in (none, 'none', 'high') and reasoning_effort is defined %}"
    "{{ raise_exception('no') }}{% endif %}"
    "{% if reasoning_effort == 'high' %}[THINKS]{% endif %}" + TURNS + "[THINK][/THINK]"
)
BUDGET = (
    "{% if thinking_budget is defined %}<seed:think>{{ thinking_budget }}</seed:think>{% endif %}"
    + TURNS
)
MODES = (
    TURNS + "{% if thinking_mode is defined and thinking_mode == 'enabled' %}<think>"
    "{% elif thinking_mode is defined and thinking_mode == 'disabled' %}</think>{% endif %}"
)
NO_THINK = (
    "{% if reasoning_effort is not defined %}{% set reasoning_effort = 'no_think' %}"
    "{% elif reasoning_effort not in ['low', 'high', 'no_think'] %}{{ raise_exception('no') }}"
    "{% endif %}{{ reasoning_effort }}"
    + TURNS
    + "<think>{{ '</think>' if reasoning_effort == 'no_think' else '' }}"
)
EFFORT_OF_THOUGHTS = (
    "{% if thinking is defined and thinking and reasoning_effort == 'max' %}Think!{% endif %}"
    + OFF_BY_DEFAULT
)
CLOSED = TURNS + "<think></think>"
# Whether earlier thoughts are kept is no switch, nor is a name that changes nothing.
NO_SWITCH = (
    "{% for m in messages %}{{ m.content }}{% if keep_thinking and m.reasoning_content %}"
    "<think>{{ m.reasoning_content }}</think>{% endif %}{% endfor %}{% set rethink = thinking %}"
)


def found(source: str) -> Switches:
    return switches_of(ChatTemplate(source, "", ""), source, detect(source))


def family(name: str) -> str:
    return (FAMILIES / f"{name}.jinja").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "name", "thinks"),
    [
        (family("qwen3"), "enable_thinking", True),
        (family("deepseek_r1"), BLOCK, True),
        (family("smollm2"), "", True),
        (OFF_BY_DEFAULT, "thinking", False),
        (WORDS, "/no_think", True),
        (ADDED, "enable_thinking", True),
        (EFFORT, "reasoning_effort", False),
        (BUDGET, "thinking_budget", True),
        (MODES, "thinking_mode", True),
        (NO_THINK, "reasoning_effort", False),
        (CLOSED, "", False),
        (NO_SWITCH, BLOCK, True),
        ("", "", True),
    ],
)
def test_a_switch_is_what_changes_the_prompt(source: str, name: str, *, thinks: bool) -> None:
    switches = found(source)
    assert (switches.name, switches.by_default) == (name, thinks)


def test_an_effort_that_is_written_out_takes_the_usual_words() -> None:
    switches = found(family("harmony"))
    assert (switches.effort, switches.efforts) == ("reasoning_effort", ("low", "medium", "high"))
    assert switches.variables(Wish(effort="low")) == {"reasoning_effort": "low"}
    assert switches.variables(Wish(effort="enormous")) == {}


def test_an_effort_of_fixed_words_takes_those() -> None:
    switches = found(EFFORT)
    assert switches.efforts == ("high",)
    assert switches.variables(Wish(think=False)) == {"reasoning_effort": "none"}
    assert switches.variables(Wish(think=True)) == {"reasoning_effort": "high"}


def test_a_budget_is_told_to_a_template_that_knows_it() -> None:
    switches = found(BUDGET)
    assert switches.variables(Wish(tokens=512)) == {"thinking_budget": 512}
    assert switches.variables(Wish(think=False, tokens=0)) == {"thinking_budget": 0}


def test_how_long_and_how_hard_say_more_than_that_it_thinks() -> None:
    budget, effort = found(BUDGET), found(NO_THINK)
    assert budget.variables(Wish(think=True, tokens=512)) == {"thinking_budget": 512}
    assert effort.variables(Wish(think=True, effort="low")) == {"reasoning_effort": "low"}
    assert effort.variables(Wish(think=False, effort="low")) == {"reasoning_effort": "no_think"}


def test_a_mode_is_told_in_its_own_words() -> None:
    switches = found(MODES)
    assert switches.variables(Wish(think=True)) == {"thinking_mode": "enabled"}
    assert switches.variables(Wish(think=False)) == {"thinking_mode": "disabled"}


def test_an_effort_that_counts_only_where_it_thinks_is_found() -> None:
    switches = found(EFFORT_OF_THOUGHTS)
    assert (switches.name, switches.efforts) == ("thinking", ("max",))


def test_a_template_that_takes_long_is_not_tried_out_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(time, "thread_time", lambda: next(seconds))
    rendered: list[str] = []
    template = ChatTemplate(OFF_BY_DEFAULT, "", "")
    names = tuple(f"thinking{number}" for number in range(200))
    monkeypatch.setattr(ChatTemplate, "variables", names)

    def render(*_: object, **__: object) -> Rendered:
        rendered.append("once")
        return Rendered("<assistant>")

    monkeypatch.setattr(ChatTemplate, "render", render)
    assert switches_of(template, OFF_BY_DEFAULT, detect(OFF_BY_DEFAULT)).name == BLOCK
    assert len(rendered) < 20


def test_nothing_wished_changes_nothing() -> None:
    for source in (family("qwen3"), WORDS, BUDGET, EFFORT):
        switches = found(source)
        assert switches.variables(Wish()) == {}
        assert switches.messages(HI, Wish()) == HI


@pytest.mark.parametrize("messages", [HI, HI[1:]])
def test_words_go_into_the_system_text_and_may_be_taken_out(
    messages: tuple[ChatMessage, ...],
) -> None:
    switches, wish = found(WORDS), Wish(think=False)
    rendered = ChatTemplate(WORDS, "", "").render(
        switches.messages(messages, wish), may_go=switches.words(wish)
    )
    assert rendered.text.endswith("<user>Hi\n<assistant><think></think>")
    assert rendered.notes == ()
    assert not rendered.opens_reasoning


@pytest.mark.parametrize(
    ("sampling", "wish"),
    [
        (Sampling(), Wish()),
        (Sampling(think=True, think_tokens=50), Wish(True, "", 50)),
        (Sampling(think_tokens=0), Wish(think=False, tokens=0)),
        (Sampling(think=False, think_tokens=50), Wish(think=False, tokens=0)),
        (Sampling(think_effort="low"), Wish(effort="low")),
    ],
)
def test_no_time_to_think_is_not_to_think(sampling: Sampling, wish: Wish) -> None:
    assert wish_of(sampling) == wish


@pytest.mark.parametrize("name", ["deepseek_r1", "qwen3", "harmony", "command_r7b", "granite3"])
def test_a_reply_without_thoughts_begins_with_its_answer(name: str) -> None:
    formats = detect(family(name))
    rendered = ChatTemplate(family(name), "", "").render(HI)
    begun = without_thoughts(rendered, formats)
    assert begun
    parser = ReplyParser(formats, starts_in_reasoning=rendered.opens_reasoning)
    pieces = [*parser.feed(begun + "Hello."), *parser.finish()[0]]
    assert [piece for piece in pieces if piece[1].strip()] == [("text", "Hello.")]


@pytest.mark.parametrize("name", ["deepseek_r1", "qwen3", "harmony", "command_r7b"])
def test_thoughts_that_are_ended_go_over_into_the_answer(name: str) -> None:
    formats = detect(family(name))
    own = formats.own
    assert own is not None
    parser = ReplyParser(formats)
    pieces = parser.feed(f"{own.opening}Hm, let me")
    assert parser.thinks
    pieces += parser.feed(closing_of(formats, parser.closings))
    assert not parser.thinks
    pieces += [*parser.feed("Hello."), *parser.finish()[0]]
    assert [(kind, text.strip()) for kind, text in pieces if text.strip()][-1] == ("text", "Hello.")
    assert "".join(text for kind, text in pieces if kind == "reasoning") == "Hm, let me"


def test_thoughts_that_a_prompt_opened_are_ended_by_their_own_marker() -> None:
    opening, closing = "Here are my reasoning steps:", "[BEGIN FINAL RESPONSE]"
    source = "{# not in <thinking> #}" + TURNS + opening + "\n"
    rendered, formats = ChatTemplate(source, "", "").render(HI), detect(source)
    assert without_thoughts(rendered, formats) == f"\n{closing}\n\n"
    after = formats.after(rendered.text)
    parser = ReplyParser(after, starts_in_reasoning=rendered.opens_reasoning)
    assert closing_of(after, parser.closings) == f"\n{closing}\n\n"
    pieces = [*parser.feed(f"Hm.\n{closing}\nHello."), *parser.finish()[0]]
    assert pieces == [("reasoning", "Hm."), ("text", "Hello.")]


def test_other_thoughts_than_the_templates_own_are_ended_by_their_own_marker() -> None:
    formats = detect(family("command_r7b"))
    assert closing_of(formats, ("</think>",)) == "\n</think>\n\n"


def test_a_model_that_is_not_known_to_think_begins_as_ever() -> None:
    formats = detect(family("smollm2"))
    rendered = ChatTemplate(family("smollm2"), "", "").render(HI)
    assert without_thoughts(rendered, formats) == ""


@pytest.mark.parametrize(
    ("name", "is_kept"), [("qwen3", False), ("deepseek_r1", False), ("harmony", False)]
)
def test_earlier_thoughts_are_left_out_by_the_templates_own_rule(
    name: str, *, is_kept: bool
) -> None:
    talk = (*HI, ChatMessage("assistant", "Hello.", "A greeting."), ChatMessage("user", "Bye"))
    text = ChatTemplate(family(name), "", "").render(talk).text
    assert ("A greeting." in text) is is_kept
    assert "Hello." in text


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning", "thinking"])
def test_a_template_that_shows_earlier_thoughts_is_given_them(name: str) -> None:
    source = (
        f"{{% for m in messages %}}{{{{ m.{name} or '' }}}}|{{{{ m.content }}}}\n{{% endfor %}}"
    )
    talk = (*HI, ChatMessage("assistant", "Hello.", "A greeting."), ChatMessage("user", "Bye"))
    assert "A greeting.|Hello." in ChatTemplate(source, "", "").render(talk).text
