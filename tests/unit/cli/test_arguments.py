"""What is wrong on a command line is told in words that fit it."""

from __future__ import annotations

import pytest

from studio.cli.arguments import parse


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("chatt", "There is no command “chatt”. Did you mean chat?"),
        ("models xyz", "There is no command “xyz”. Choose one of: list, show, add"),
        ("chats export x --format pdf", "--format cannot be “pdf”. Choose one of: json, md, html."),
        ("chats export x --format mdd", "--format cannot be “mdd”. Did you mean md?"),
        ("chat hello world", 'Put a message in quotes: studio chat "hello world"'),
        ("models show My Model", "“Model” is too much. Put what has spaces in it in quotes. See "),
        ("models show My Model", "See studio models show --help."),
        ("models list --loud", "There is no option --loud. See studio models list --help."),
        ("--loud", "There is no option --loud. See studio --help."),
        ("chat", "Something is missing: TEXT. See studio chat --help."),
        ("chat x --max-tokens 0", "--max-tokens: 0 is not between 1 and 1,000,000."),
        ("chat x --max-tokens 1.5", "“1.5” is not a whole number."),
        ("chat x --temperature hot", "“hot” is not a number."),
        ("chat x --temperature nan", "nan is not between 0 and 5."),
        ("chat x --seed 4294967295", "4294967295 is not between 0 and 4,294,967,294."),
        ("chat x --seed -1", "-1 is not between 0 and"),
    ],
)
def test_wrong_usage_is_told(
    arguments: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments.split())
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_bounds_are_included() -> None:
    read = parse(["chat", "x", "--seed", "4294967294", "--temperature", "5", "--max-tokens", "1"])
    assert (read.seed, read.temperature, read.max_tokens) == (2**32 - 2, 5.0, 1)
