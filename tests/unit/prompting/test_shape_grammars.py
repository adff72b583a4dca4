"""What is said of GBNF grammars before llama.cpp sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.any_shape import grammars

from studio.prompting.shapes.gbnf import check_grammar

GOOD = {
    "words": 'root ::= "yes" | "no"',
    "comment and lines": '# a list\nroot ::= ("- " item "\\n"\n  )+\nitem ::= [^\\n]+ # to the end',
    "alternatives on lines": 'root ::= "a" |\n  "b"\n',
    "nothing as a way out": 'root ::= "(" root ")" | ""',
    "repetitions": "root ::= [a-z]{2,5} [0-9]{3} .? [^x-z\\]]*",
    "escapes": 'root ::= "\\x41\\u00e9\\U0001F600\\"\\n\\t\\r\\\\"',
    "tokens": "root ::= <think> (!</think>)* </think> <[42]>",
    "windows lines": 'root ::= a\r\na ::= "x"\r\n',
    "many that may be empty": 'root ::= ("a"? "b"?){0,30} "c" "d"?{60}',
    "right recursion": 'root ::= "a" root | "b"',
}
BAD = {
    "nothing": ("", "no rule named “root”", 1, 1),
    "no root": ('start ::= "a"', "no rule named “root”", 1, 1),
    "undefined": ('root ::= "a" what', "no rule named “what”", 1, 14),
    "twice": ('root ::= "a"\nroot ::= "b"', "written twice", 2, 1),
    "no sign": ('root "a"', "“::=” is missing", 1, 6),
    "open text": ('root ::= "a', "quotation mark", 1, 10),
    "open class": ("root ::= [ab", "closing bracket", 1, 10),
    "empty class": ("root ::= []", "no characters", 1, 10),
    "turned range": ("root ::= [z-a]", "from a lower to a higher", 1, 10),
    "open group": ('root ::= ("a"', "closing bracket", 1, 10),
    "stray bracket": ('root ::= "a")', "cannot stand here", 1, 13),
    "escape": ('root ::= "\\q"', "no known escape", 1, 11),
    "short code": ('root ::= "\\u12"', "4 digits", 1, 11),
    "nothing to repeat": ("root ::= *", "nothing before this", 1, 10),
    "repetition": ('root ::= "a"{x}', "written as {2}", 1, 13),
    "impossible": ('root ::= "a"{5,2}', "impossible", 1, 13),
    "too often": ('root ::= "a"{2001}', "too often", 1, 13),
    "too often inside": ('root ::= (("a" | "b"){0,100} "c"){1000}', "too often", 1, 34),
    "underscore": ('root ::= a_b\na ::= "x"', "letters, digits and hyphens", 1, 11),
    "never ends": ('root ::= "a" root', "A reply could never end: “root”", 1, 1),
    "never ends below": (
        'root ::= item+\nitem ::= "-" thing\nthing ::= "x" thing',
        "A reply could never end: “thing” always needs itself again",
        3,
        1,
    ),
    "never ends by turns": (
        'root ::= a\na ::= "x" b\nb ::= "y" a',
        "“a” always needs itself",
        2,
        1,
    ),
    "a trap on the side": (
        'root ::= "ok" | trap\ntrap ::= "x" trap',
        "The rule “trap” could never end",
        2,
        1,
    ),
    "left recursion": ('root ::= root "a" | "b"', "begins with itself", 1, 1),
    "left by turns": ('root ::= a\na ::= b "x"\nb ::= a | "y"', "begins with itself", 2, 1),
    "left past nothing": (
        'root ::= e root | "b"\ne ::= d\nd ::= "" | "c"',
        "begins with itself",
        1,
        1,
    ),
    "repeats nothing": ('root ::= ("a"?)*', "may be empty", 1, 16),
    "repetition on two lines": ('root ::= "a"{2\n}', "written as {2}", 1, 13),
    "other digits": ('root ::= "a"{\u0663}', "written as {2}", 1, 13),
    "half a character": ('root ::= "\ud83d"', "half of a character", 1, 11),
    "empty in many ways": ('root ::= ("a"? | "b"?){0,60}', "too many ways", 1, 1),
    "empty in many ways, so often": ('root ::= "x" ("a"? | ""){60} "y"', "too many ways", 1, 1),
    "empty in many ways, together": (
        'root ::= "x" ("a"?){0,30} ("b"?){0,40}',
        "too many ways",
        1,
        1,
    ),
    "nul": ('root ::= "a\0"', "NUL", 1, 12),
    "brackets": ("root ::= " + "(" * 50_000, "brackets inside one another", 1, 110),
    "too long": ('root ::= "' + "a" * 100_000 + '"', "characters", 0, 0),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_grammar_that_can_be_used_passes(text: str) -> None:
    checked = check_grammar(text)
    assert checked.problem is None
    assert checked.grammar == text


@pytest.mark.parametrize(("text", "words", "line", "column"), BAD.values(), ids=BAD)
def test_a_bad_grammar_is_told_with_its_place(
    text: str, words: str, line: int, column: int
) -> None:
    problem = check_grammar(text).problem
    assert problem is not None
    assert words in problem.what
    assert (problem.line, problem.column) == (line, column)


def test_a_grammar_that_takes_for_ever_to_look_through_is_refused() -> None:
    ways = "".join(f"a{n} ::= a{n + 1} | a{n + 1}\n" for n in range(60))
    problem = check_grammar(f'root ::= a0\n{ways}a60 ::= "x"').problem
    assert problem is not None
    assert "too many ways" in problem.what


def test_a_long_chain_of_rules_is_checked_without_end_of_the_stack() -> None:
    chain = "".join(f"a{n} ::= a{n + 1}\n" for n in range(1_500))
    assert check_grammar(f'root ::= a0\n{chain}a1500 ::= "x"').problem is None


@given(st.text(alphabet='root:=ab"[]()|*+?{}1,2\\ \n#<>!.-^x', max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    check_grammar(text)
    check_grammar(f"root ::= {text}")


@given(grammars())
def test_what_is_nearly_a_grammar_is_refused_in_words_or_kept(text: str) -> None:
    checked = check_grammar(text)
    assert checked.problem is not None or checked.grammar == text
