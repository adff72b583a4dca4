"""A hostile template ends in words, after little time and little memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from studio.engine.language import ChatMessage
from studio.errors import StudioError
from studio.prompting import meter
from studio.prompting.meter import Meter, TooExpensiveError
from studio.prompting.templates import ChatTemplate

HI = (ChatMessage("user", "Hi"),)
MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold templates to a tenth of the steps, so that the tests are quick."""
    monkeypatch.setattr(meter, "MAX_STEPS", 100_000)


def grow(expression: str, start: str = "'aa'") -> str:
    return (
        f"{{% set ns = namespace(a={start}) %}}{{% for i in range(80) %}}"
        f"{{% set ns.a = {expression} %}}{{% endfor %}}{{{{ ns.a | string | length }}}}"
    )


def repeat(body: str, head: str = "") -> str:
    loop = "{% for i in range(99999) %}"
    return f"{head}{loop}{loop}{body}{{% endfor %}}{{% endfor %}}"


TOO_EXPENSIVE = {
    "nested loops": repeat(""),
    "loops in a macro": "{% macro f() %}" + repeat("") + "{% endmacro %}{{ f() }}",
    "loops in a call block": (
        "{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}" + repeat("") + "{% endcall %}"
    ),
    "loops in a generation block": "{% generation %}" + repeat("") + "{% endgeneration %}",
    "filtered loop": "{% for i in range(99999) if false %}{% endfor %}" * 50,
    "recursive loop": "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "recursive macro": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "static text": repeat("x" * 50_000),
    "static text in a block": "{% set b %}" + repeat("x" * 50_000) + "{% endset %}",
    "long range": "{{ range(10**12) | list }}",
    "range of ranges": "{{ range(199999) | list | length }}" * 400,
    "text times number": "{{ 'a' * 10**9 }}",
    "number times text": "{{ 10**9 * 'a' }}",
    "list times number": "{{ [1] * 10**9 }}",
    "power": "{{ 2 ** (10**8) }}",
    "power of powers": "{% set x = 2**4000 %}{{ x * x * x }}",
    "negative power": "{{ 3 ** -(10**9) }}",
    "text plus text": grow("ns.a + ns.a"),
    "text beside text": grow("ns.a ~ ns.a"),
    "text joined": grow("[ns.a, ns.a] | join"),
    "text joined by a method": grow("''.join([ns.a, ns.a])"),
    "text formatted": grow("'%s%s' % (ns.a, ns.a)"),
    "text formatted by a method": grow("'{0}{0}'.format(ns.a)"),
    "text formatted by a filter": grow("'%s%s' | format(ns.a, ns.a)"),
    "text replaced": grow("ns.a | replace('a', 'aa')"),
    "text replaced by a method": grow("ns.a.replace('a', 'aa')"),
    "text in a set block": (
        "{% set ns = namespace(a='a') %}{% for i in range(80) %}"
        "{% set b %}{{ ns.a }}{{ ns.a }}{% endset %}{% set ns.a = b %}{% endfor %}"
    ),
    "escaped escapes": grow("[ns.a | string]", "['\\\\']"),
    "quoted quotes": grow("ns.a | tojson", "'\"'"),
    "list of lists": grow("[ns.a, ns.a]"),
    "tuple of tuples": grow("(ns.a, ns.a)"),
    "dict of dicts": grow("{'a': ns.a, 'b': ns.a}"),
    "dict by call": grow("dict(a=ns.a, b=ns.a)"),
    "list plus list": grow("ns.a + ns.a", "[1]"),
    "deep tuple as a key": (
        "{% set ns = namespace(a=()) %}{% for i in range(9999) %}{% set ns.a = (ns.a,) %}"
        "{% endfor %}{{ {ns.a: 1} }}"
    ),
    "slices kept": "{% set z = 'a' * 9000000 %}"
    + "".join(f"{{% set v{n} = z[1:] %}}" for n in range(50)),
    "comparison in a chain": "{% set a = range(99999) | list %}{{ a" + " == a" * 500 + " }}",
    "search": repeat("{{ n in h }}", "{% set h = 'ab' * 999999 %}{% set n = 'ba' * 99999 %}"),
    "search by a method": repeat("{% set x = h.find('c') %}", "{% set h = 'ab' * 999999 %}"),
    "sorting": repeat("{% set x = range(99999) | list | sort %}"),
    "sum of lists": "{{ ([[1]] * 99999) | sum(start=[]) }}",
    "wide centre": "{{ 'a' | center(10**9) }}",
    "wide centre by a method": "{{ 'a'.center(10**9) }}",
    "wide centre of a block": "{% filter center(1000000000) %}x{% endfilter %}",
    "wide centre by map": "{{ ['a'] | map('center', 10**9) | list }}",
    "wide zeros": "{{ '1'.zfill(10**9) }}",
    "wide indent": "{{ 'a' | indent(10**9, true) }}",
    "wide JSON": "{{ messages | tojson(indent=10**9) }}",
    "wide field": "{{ '{:1000000000}'.format(1) }}",
    "wide field by a field": "{{ '{:{w}}'.format(1, w=10**9) }}",
    "wide printf": "{{ '%1000000000d' % 1 }}",
    "wide printf by an argument": "{{ '%*d' % (10**9, 1) }}",
    "printf of one value often": "{{ '%(a)s' * 99999 % {'a': 'x' * 999999} }}",
    "batch with a filling": "{{ [1] | batch(10**9, 'x') | list }}",
    "slice": "{{ [1] | slice(10**9) | list }}",
    "rounding": "{{ 1.5 | round(10**9, 'ceil') }}",
    "letters as a list": "{{ ('a' * 999999) | list }}",
    "many words": "{{ ('a ' * 999999).split() }}",
    "many lines": "{{ ('\n' * 999999).splitlines() }}",
    "long separator": "{{ range(99999) | join('a' * 999999) }}",
    "many arguments": "{% macro f() %}{{ varargs }}{% endmacro %}{{ f(*range(10**9)) }}",
    "source": "x" * 200_000,
    "deep parentheses": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "deep lists": "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
    "deep branches": "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
    "branches over names": "".join(f"{{% set v{n} = 1 %}}" for n in range(1000))
    + "{% if 1 %}{% endif %}" * 1000,
}

FORBIDDEN = {
    "class": "{{ ''.__class__ }}",
    "class by item": "{{ ''['__class__'] }}",
    "class by format": "{{ '{0.__class__}'.format(1) }}",
    "class by format_map": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "class by map": "{{ [''] | map(attribute='__class__') | list }}",
    "globals of a function": "{{ raise_exception.__globals__ }}",
    "globals of a class": "{{ cycler.__init__.__globals__ }}",
    "code of a macro": "{% macro f() %}{% endmacro %}{{ f._func.__code__ }}",
    "change of a list": "{{ messages.append(1) }}",
    "change of a dict": "{{ messages[0].update({}) }}",
    "method outside the list": "{{ 'a'.expandtabs(10**9) }}",
    "method of a number": "{{ (1).to_bytes(10**9, 'big') }}",
    "encoding": "{{ 'a'.encode('utf-8').hex() }}",
    "include": "{% include 'x' %}",
    "import": "{% import 'x' as y %}",
    "import of a name": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "block": "{% block a %}{{ self.a() }}{% endblock %}",
}


def test_there_are_hostile_templates() -> None:
    assert len(TOO_EXPENSIVE) >= 60
    assert len(FORBIDDEN) >= 18


@pytest.mark.parametrize("name", TOO_EXPENSIVE)
def test_expensive_template_is_stopped(name: str) -> None:
    with pytest.raises(StudioError) as caught:
        ChatTemplate(TOO_EXPENSIVE[name], "<s>", "</s>").check()
    assert caught.value.code == "template.too_expensive"
    assert caught.value.details


@pytest.mark.parametrize("name", FORBIDDEN)
def test_template_stays_in_its_sandbox(name: str) -> None:
    with pytest.raises(StudioError) as caught:
        ChatTemplate(FORBIDDEN[name], "<s>", "</s>").check()
    assert caught.value.code == "template.forbidden"


@pytest.mark.parametrize(
    "name", ["text plus text", "static text in a block", "slices kept", "letters as a list"]
)
def test_memory_stays_small(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(StudioError):
            ChatTemplate(TOO_EXPENSIVE[name], "<s>", "</s>").check()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200 * MEGABYTE


def test_time_is_bounded_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MAX_STEPS", 10**12)
    clock = iter(range(10**9))
    monkeypatch.setattr(time, "thread_time", lambda: next(clock) / 100)
    with pytest.raises(StudioError) as caught:
        ChatTemplate(repeat(""), "", "").check()
    assert caught.value.code == "template.too_expensive"
    assert caught.value.details == "more than 3 seconds."


def test_unknown_helpers_are_not_there() -> None:
    for source in (
        "{{ lipsum() }}",
        "{{ 1 | random }}",
        "{{ '' | attr('x') }}",
        "{{ 1 | pprint }}",
    ):
        with pytest.raises(StudioError) as caught:
            ChatTemplate(source, "", "").check()
        assert caught.value.code == "template.broken"


def test_namespaces_that_hold_each_other_are_not_written_out() -> None:
    source = (
        "{% set a = namespace() %}{% set b = namespace(x=a) %}{% set a.x = b %}"
        "{{ a }} {{ [a, b] }} Hi"
    )
    assert ChatTemplate(source, "", "").render(HI).text == (
        "<namespace> [<namespace>, <namespace>] Hi"
    )


def test_a_long_conversation_may_cost_more_than_a_short_one() -> None:
    source = "{% for m in messages %}{{ m.content.strip() }}{% endfor %}"
    long = ChatMessage("user", "x" * 20_000_000)
    assert len(ChatTemplate(source, "", "").render((long,)).text) == 20_000_000


def test_meter_counts_shared_parts_as_often_as_they_appear() -> None:
    part = ["ab", "cd"]
    inner, outer = Meter().size(part), Meter().size([part, part])
    assert inner.items == 3
    assert outer.items == 7
    assert outer.depth == inner.depth + 1
    assert Meter().size({"a": part}).items == 5
    assert Meter().size({"a": 1}.items()).items == 4


def test_meter_charges_lazy_values_as_they_are_used() -> None:
    used = Meter()
    values = used.made(iter(range(10)))
    before = used.steps
    assert list(values) == list(range(10))
    assert used.steps == before + 10


def test_meter_refuses_when_used_up() -> None:
    used = Meter()
    used.step(99_000)
    with pytest.raises(TooExpensiveError):
        used.step(2_000)


@pytest.mark.parametrize("value", ["x" * 20_000_000, 1 << 5_000, [0] * 300_000])
def test_meter_refuses_what_is_too_large(value: object) -> None:
    with pytest.raises(TooExpensiveError):
        Meter().made(value)
