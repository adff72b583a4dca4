"""The worker holds replies to schemas and grammars, and no bad one ends its process."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from weights.test_language_worker import reply

from studio.engine.host import Host
from studio.engine.language import Begun, ChatMessage, Generate, Sampling
from studio.errors import StudioError
from studio.prompting.shapes.schema_reply import problem_of

ASK = (ChatMessage("user", "Make up a person: name, age and three hobbies. Answer as JSON."),)
PERSON = json.dumps(
    {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 2, "maxLength": 30},
            "age": {"type": "integer", "minimum": 18, "maximum": 99},
            "code": {"type": "string", "pattern": '^[A-Z]{2}-\\d{3}"\\\\?$'},
            "born": {"type": "string", "format": "date"},
            "hobbies": {
                "type": "array",
                "items": {"enum": ["reading", 'the "piano"', "Füße", "🎨"]},
                "minItems": 3,
                "maxItems": 3,
            },
            "likes tea": {"type": ["boolean", "null"]},
            "friend": {"anyOf": [{"$ref": "#/$defs/friend"}, {"type": "null"}]},
        },
        "required": ["name", "age", "code", "born", "hobbies"],
        "$defs": {
            "friend": {
                "type": "object",
                "properties": {"name": {"type": "string", "maxLength": 10}},
                "required": ["name"],
            }
        },
    }
)
WARM = Sampling(temperature=1.0, seed=3, max_tokens=200)


@pytest.mark.parametrize("seed", range(4))
def test_a_reply_under_a_schema_fits_it(starter_host: Host, seed: int) -> None:
    written = reply(starter_host, Generate(0, ASK, replace(WARM, json_schema=PERSON, seed=seed)))
    assert written.stop == "end"
    assert problem_of(written.text, PERSON) == ""
    assert set(json.loads(written.text)) >= {"name", "age", "code", "born", "hobbies"}


def test_a_reply_under_a_grammar_says_yes_or_no(starter_host: Host) -> None:
    ask = (ChatMessage("user", "Is the sky blue?"),)
    written = reply(starter_host, Generate(0, ask, replace(WARM, grammar='root ::= "yes" | "no"')))
    assert (written.text in {"yes", "no"}, written.stop) == (True, "end")


def test_what_was_cut_off_is_gone_on_with_inside_its_schema(starter_host: Host) -> None:
    sampling = replace(WARM, json_schema=PERSON, max_tokens=25)
    first = reply(starter_host, Generate(0, ASK, sampling)).text
    assert problem_of(first, PERSON) == "It is not complete JSON."
    rest = reply(
        starter_host, Generate(0, ASK, replace(sampling, max_tokens=200), begun=Begun(first))
    )
    assert problem_of(first + rest.text, PERSON) == ""


def test_a_beginning_that_does_not_fit_is_refused(starter_host: Host) -> None:
    request = Generate(0, ASK, replace(WARM, json_schema=PERSON), begun=Begun("Once upon a time"))
    with pytest.raises(StudioError, match="does not fit") as refused:
        starter_host.submit(request).result()
    assert refused.value.code == "sampling.grammar"


BAD = {
    "never ends": 'root ::= "a" root',
    "left recursion": 'root ::= root "a" | "b"',
    "hidden left recursion": 'root ::= e root "a" | "b"\ne ::= d\nd ::= "" | "c"',
    "may be empty": 'root ::= ("a"?)*',
    "no root": 'start ::= "a"',
    "undefined": "root ::= what",
    "impossible": 'root ::= "a"{5,2}',
    "enormous": 'root ::= "a"{99999999}',
    "open": 'root ::= "a',
    "brackets": "root ::= " + "(" * 50_000,
    "many ways": "root ::= a0\n"
    + "".join(f"a{n} ::= a{n + 1} | a{n + 1}\n" for n in range(60))
    + 'a60 ::= "x"',
    "nul": 'root ::= "a\0b"',
    "unknown token": "root ::= <no_such_token_anywhere>",
}


@pytest.mark.parametrize("grammar", BAD.values(), ids=BAD)
def test_a_bad_grammar_is_refused_and_the_worker_lives(starter_host: Host, grammar: str) -> None:
    with pytest.raises(StudioError) as refused:
        starter_host.submit(Generate(0, ASK, replace(WARM, grammar=grammar))).result()
    assert refused.value.code == "sampling.grammar"
    again = reply(starter_host, Generate(0, ASK, replace(WARM, max_tokens=1)))
    assert again.tokens == 1


def test_a_grammar_that_the_models_tokens_cannot_meet_ends_calmly(starter_host: Host) -> None:
    grammar = "root ::= [\\u0001] [\\u0001]"
    try:
        written = reply(starter_host, Generate(0, ASK, replace(WARM, grammar=grammar)))
    except StudioError as refused:
        assert refused.code == "sampling.grammar"  # noqa: PT017 - one of two good endings
    else:
        assert written.text == "\x01\x01"


FORMS = {
    "other entries": (
        {"type": "object", "additionalProperties": {"type": "integer"}},
        ["{}", '{"a": 1, "b": -20}'],
        ['{"a": "x"}', '{"a": 1,}'],
    ),
    "only optional": (
        {"properties": {"a": {"type": "null"}, "b": {"type": "boolean"}}},
        ["{}", '{"a":null}', '{"b": true}', '{"a": null, "b": false}'],
        ['{"b": true, "a": null}', '{"c": 1}'],
    ),
    "signs": ({"const": {'a"b\\': "é\n"}}, ['{"a\\"b\\\\": "é\\n"}'], ['{"a": 1}']),
    "bounds": (
        {"type": "integer", "minimum": 17, "maximum": 2345},
        ["17", "2345", "999"],
        ["16", "2346"],
    ),
    "from": ({"type": "integer", "minimum": 95}, ["95", "100", "123456"], ["94", "09"]),
    "tuple": (
        {"prefixItems": [{"const": 1}, {"enum": ["x"]}]},
        ['[1, "x"]'],
        ['[1, "x", 2]', "[1]"],
    ),
    "list": (
        {"type": "array", "items": {"const": 0}, "minItems": 2, "maxItems": 3},
        ["[0,0]", "[0, 0, 0]"],
        ["[0]"],
    ),
    "tree": (
        {"type": "array", "items": {"$ref": "#"}},
        ["[]", "[[], [[]]]"],
        ["[1]"],
    ),
    "pattern": (
        {"type": "string", "pattern": '^a"\\\\[^x]\\t$'},
        ['"a\\"\\\\y\\t"'],
        ['"a\\"\\\\x\\t"'],
    ),
    "date": ({"type": "string", "format": "date"}, ['"2031-05-17"'], ['"2031-13-17"']),
    "anything": ({}, ['{"a": [1.5e3, null, "\\u00e9"]}', "[]", "true"], ["{a: 1}", "'x'"]),
    "both": (
        {
            "allOf": [
                {"properties": {"a": {"const": 1}}, "required": ["a"]},
                {"properties": {"b": {"const": 2}}, "required": ["b"]},
            ]
        },
        ['{"a": 1, "b": 2}'],
        ['{"a": 1}'],
    ),
}
FITTING = [(name, text) for name, (_, fits, _) in FORMS.items() for text in fits]
OTHERS = [(name, text) for name, (_, _, others) in FORMS.items() for text in others]


@pytest.mark.parametrize(("name", "text"), FITTING)
def test_llama_takes_what_fits_the_schema(starter_host: Host, name: str, text: str) -> None:
    schema = json.dumps(FORMS[name][0])
    assert problem_of(text, schema) == ""
    sampling = replace(WARM, json_schema=schema, max_tokens=1)
    reply(starter_host, Generate(0, ASK, sampling, begun=Begun(text)))


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_llama_refuses_what_does_not(starter_host: Host, name: str, text: str) -> None:
    sampling = replace(WARM, json_schema=json.dumps(FORMS[name][0]), max_tokens=1)
    try:
        written = reply(starter_host, Generate(0, ASK, sampling, begun=Begun(text)))
    except StudioError as refused:
        assert "does not fit" in refused.what  # noqa: PT017 - one of two good endings
    else:  # a beginning may fit that is not the whole
        assert written.stop == "max_tokens"
