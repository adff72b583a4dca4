"""What is wrong on a command line is told in words that fit it."""

from __future__ import annotations

import pytest

from studio.cli.arguments import parse, parser


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


@pytest.mark.parametrize("arguments", ["", "--home there", "--home=there", "--hom there"])
def test_the_window_is_asked_for_as_the_whole_grammar_says(arguments: str) -> None:
    words = arguments.split()
    assert vars(parse(words)) == vars(parser().parse_args(words))


@pytest.mark.parametrize("arguments", ["--version", "-h"])
def test_what_only_the_whole_grammar_knows_is_still_answered(
    arguments: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([arguments])
    assert ended.value.code == 0
    assert "studio" in capsys.readouterr().out


def test_a_folder_that_is_not_named_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--home"])
    assert ended.value.code == 2
    assert "--home: expected one argument. See studio --help." in capsys.readouterr().err


@pytest.mark.parametrize("rest", [[], ["chats", "list"]])
def test_an_empty_name_is_not_the_current_folder(
    rest: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--home", "", *rest])
    assert ended.value.code == 2
    assert "--home: a folder must be named. See studio --help." in capsys.readouterr().err
