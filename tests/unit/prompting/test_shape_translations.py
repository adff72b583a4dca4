"""What is said of a shape, and of a reply without it, goes through the translation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.words_on_show import OPEN, bare, in_brackets

from studio import translation
from studio.errors import StudioError
from studio.prompting.shapes.in_force import Kind, check
from studio.prompting.shapes.schema_reply import problem_of

SCHEMA = '{"type": "object", "properties": {"X9": {"type": "integer"}}, "required": ["X9"]}'


@pytest.fixture(autouse=True)
def brackets() -> Iterator[None]:
    check.cache_clear()
    translation.use(in_brackets)
    yield
    translation.use(None)
    check.cache_clear()


def told(sentence: str) -> None:
    assert OPEN in sentence
    assert bare(sentence, ("X9", "root")) == "", sentence


BAD: list[tuple[Kind, str]] = [
    ("grammar", "X9"),
    ("grammar", "X9 ::= X9"),
    ("grammar", "root ::= root"),
    ("grammar", 'root ::= root "X9"'),
    ("grammar", 'root ::= "X9" root'),
    ("grammar", "root ::= X9"),
    ("grammar", 'root ::= ("X9"'),
    ("grammar", 'root ::= "X9'),
    ("grammar", "root ::= [9-1]"),
    ("grammar", "root ::= []"),
    ("grammar", 'root ::= "\\9"'),
    ("grammar", 'root ::= "\\x9"'),
    ("grammar", 'root ::= "9"{5,2}'),
    ("grammar", 'root ::= "9"{x}'),
    ("grammar", 'root ::= "9"{90000}'),
    ("grammar", "root ::= *"),
    ("grammar", 'root ::= ("9"?)*'),
    ("grammar", "root ::= <"),
    ("grammar", 'root ::= "9" )'),
    ("grammar", 'root ::= "9"\nroot ::= "9"'),
    ("grammar", "root ::= \0"),
    ("grammar", "root ::= §"),
    ("json_schema", "9"),
    ("json_schema", "{"),
    ("json_schema", '{"X9": 1,}'),
    ("json_schema", '{"X9" 1}'),
    ("json_schema", '{"X9": 1} 2'),
    ("json_schema", '{"X9": "'),
    ("json_schema", '{"X9": }'),
    ("json_schema", '{"X9": §}'),
    ("json_schema", '{"type": 9}'),
    ("json_schema", '{"minLength": -9}'),
    ("json_schema", '{"$ref": "#"}'),
    ("json_schema", '{"$ref": "9"}'),
    ("json_schema", '{"$ref": "#/9"}'),
    ("json_schema", '{"patternProperties": {}}'),
    ("json_schema", '{"$schema": "9"}'),
    ("json_schema", '{"enum": [9], "type": "string"}'),
    ("json_schema", '{"type": "string", "minLength": 9, "maxLength": 2}'),
    ("json_schema", '{"type": "integer", "minimum": 9, "maximum": 2}'),
    ("json_schema", '{"type": "array", "minItems": 9, "maxItems": 2}'),
    *(
        ("json_schema", f'{{"type": "string", "pattern": "{pattern}"}}')
        for pattern in (
            "(9",
            "9)",
            "[9",
            "*",
            "9{",
            "(?9)",
            "[9-1]",
            "$9",
            "9^",
            "9{9,2}",
            "9{9999}",
        )
    ),
]


@pytest.mark.parametrize(("kind", "text"), BAD, ids=lambda value: repr(value)[:30])
def test_what_is_wrong_with_a_shape(kind: Kind, text: str) -> None:
    problem = check(kind, text).problem
    assert problem is not None
    told(str(problem))
    with pytest.raises(StudioError) as refused:
        check(kind, text).refuse("X9")
    told(refused.value.what)
    told(refused.value.hint)


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("", SCHEMA),
        ("{", SCHEMA),
        ("{}", SCHEMA),
        ("[]", SCHEMA),
        ('{"X9": "9"}', SCHEMA),
        ("9", '{"enum": [1, 2]}'),
        ("9", '{"maximum": 1}'),
        ("9", '{"not": {}}'),
        ("[9, 9]", '{"uniqueItems": true}'),
        ("[9, 9]", '{"maxItems": 1}'),
        ('"9"', '{"minLength": 9}'),
        ('"9"', '{"pattern": "^1$"}'),
        ('{"9": 9}', '{"additionalProperties": false}'),
        ("9", '{"type": ["string", "null"]}'),
        ("9", '{"multipleOf": 2}'),
        ("9", '{"const": 1}'),
    ],
)
def test_how_a_reply_does_not_fit(text: str, schema: str) -> None:
    told(problem_of(text, schema))
