"""Schemas and grammars as anybody might write them: most of them odd, some of them wrong."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

EDITIONS = (
    *(f"http://json-schema.org/draft-0{number}/schema#" for number in (4, 6, 7)),
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
)
_PATTERNS = (
    *("^a$", "a.{0,9}b", "^[A-Z]{2}-\\d{3}$", "a|b", "(a?)*", '[^"a]', "\\W+", "^$", "()+"),
    *("(a{0,9}){0,9}", "a{0}", "[\\u0001]", "\\s*x|^b$", "((a|b?){2,5}c?){1,4}", "(?=a)", "["),
)
_TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")
_REFERENCES = (
    *("#", "#/properties/a", "#/$defs/b", "#/definitions/a", "#/default", "#/items", "#/enum/0"),
    *("#/anyOf/0", "#/anyOf/²", "#/x/y", "a.json"),
)
_NAMES = st.sampled_from(["a", "b", "$ref", "default", "maximum", "ü", 'q"\\'])
_NUMBERS = st.sampled_from([0, 1, 2.0, 3, -1, 1.5, 70.0, 5_000, 1e300, 10**20, True, False])
_VALUES = st.sampled_from([0, 2.0, -0.5, "a", "", "é\n", None, True, [], [1], {}, {"a": 1}])
_LIMITS = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
)
_ONE_PART = (
    *("items", "additionalProperties", "additionalItems", "not", "contains", "if", "then"),
    *("propertyNames", "unevaluatedProperties", "default", "x"),
)


def schemas() -> st.SearchStrategy[Any]:
    """Return schemas of all editions."""
    parts = st.recursive(st.one_of(st.booleans(), _parts(st.booleans())), _parts, max_leaves=6)
    beginning = st.sampled_from([{}, *({"$schema": name} for name in EDITIONS)])
    return st.builds(
        lambda first, part: first | part if isinstance(part, dict) else part, beginning, parts
    )


def grammars() -> st.SearchStrategy[str]:
    """Return texts that are nearly GBNF, or are."""
    names = st.sampled_from(["root", "a", "b-1"])
    atoms = st.one_of(
        st.sampled_from(['"a"', '""', '"\\x41\\n"', "[a-z]", "[^é]", "[a-]", "[\\]-]", ".", '"']),
        st.sampled_from(["<think>", "!<[3]>", "< >", "a_b", "[z-a]", '"\\q"', "# c\n"]),
        names,
    )
    times = ("", "", "", "*", "+", "?", "{2}", "{0,3}", "{1,}", "{ 2 , 30 }", "{0}", "{3,2}", "{٣}")
    repeated = st.builds(str.__add__, atoms, st.sampled_from(times))
    sequences = st.recursive(
        st.lists(repeated, max_size=3).map(" ".join),
        lambda inner: st.builds("({} | {}){}".format, inner, inner, st.sampled_from(times)),
        max_leaves=5,
    )
    ways = st.lists(sequences, min_size=1, max_size=3).map(" | ".join)
    rules = st.lists(st.tuples(names, ways), max_size=3, unique_by=lambda rule: rule[0])
    return st.builds(
        lambda first, others: "\n".join(f"{name} ::= {text}" for name, text in [first, *others]),
        st.tuples(st.just("root"), ways),
        rules.map(lambda found: [rule for rule in found if rule[0] != "root"]),
    )


def _parts(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return schemas of a few keywords with such parts in them."""
    named = st.dictionaries(_NAMES, inner, max_size=3)
    keywords = [
        *(st.tuples(st.just(key), _NUMBERS) for key in _LIMITS),
        *(st.tuples(st.just(key), inner) for key in _ONE_PART),
        *(st.tuples(st.just(key), named) for key in ("properties", "$defs", "definitions", "x")),
        *(
            st.tuples(st.just(key), st.lists(inner, max_size=3))
            for key in ("anyOf", "oneOf", "allOf", "prefixItems", "items")
        ),
        st.tuples(st.just("type"), st.sampled_from([*_TYPES, ["string", "null"], "text", 5])),
        st.tuples(st.just("enum"), st.lists(_VALUES, max_size=3)),
        st.tuples(st.just("const"), _VALUES),
        st.tuples(st.just("required"), st.lists(_NAMES, max_size=3, unique=True)),
        st.tuples(st.just("pattern"), st.sampled_from(_PATTERNS)),
        st.tuples(st.just("format"), st.sampled_from(["date", "uuid4", "email"])),
        st.tuples(st.just("$ref"), st.sampled_from(_REFERENCES)),
        st.tuples(st.just("uniqueItems"), st.booleans()),
        st.tuples(st.just("dependencies"), st.just({"$ref": ["a"]})),
    ]
    return st.lists(st.one_of(keywords), max_size=4).map(dict)
