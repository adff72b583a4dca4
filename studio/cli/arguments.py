"""The terminal's grammar: commands, options and their help. The manual is made from it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from studio.cli.usage_words import COMMAND, VERB, in_words, refuse, too_much
from studio.version import VERSION

_DESCRIPTION = (
    "Chat with language models, all on this computer. Without a command the window opens."
)

_GET_HELP = (
    "“starter” brings SmolLM2-135M-Instruct, a small chat model (98 MB) and, run from source, "
    "all-MiniLM-L6-v2, which finds passages in documents (92 MB)"
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in a sentence, and what to do, instead of in argparse's own words."""

    def error(self, message: str) -> NoReturn:
        """End the program with status 2."""
        refuse(in_words(message, self.prog))


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line; wrong usage ends the program with status 2."""
    parsed, rest = _for_window().parse_known_args(arguments)
    if not rest:
        return parsed
    parsed, rest = parser().parse_known_args(arguments)
    if rest:
        refuse(too_much(rest, parsed))
    return parsed


def _for_window() -> argparse.ArgumentParser:
    """Return what can be said without a command: the window need not wait for the rest."""
    root = _Parser(prog="studio", add_help=False)
    _add_home(root)
    root.set_defaults(command=None)
    return root


def parser() -> argparse.ArgumentParser:
    """Return the whole grammar."""
    root = _Parser(prog="studio", description=_DESCRIPTION)
    root.add_argument("--version", action="version", version=f"studio {VERSION}")
    _add_home(root)
    commands = root.add_subparsers(dest="command", metavar=COMMAND)
    _add_chat(commands)
    _add_compare(commands)
    _add_chats(commands)
    _add_models(commands)
    _add_presets(commands)
    _add_settings(commands)
    _add_doctor(commands)
    return root


_Commands = argparse._SubParsersAction


def _add_chat(commands: _Commands[_Parser]) -> None:
    chat = commands.add_parser(
        "chat", help="ask a model", description="Ask a model; the reply is streamed and kept."
    )
    chat.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")
    chat.add_argument("--model", metavar="M", help="name or file of a model")
    chat.add_argument("--preset", metavar="P", help="name of a preset")
    chat.add_argument(
        "--system",
        metavar="S",
        help="system prompt of this conversation from here on, in place of the preset's",
    )
    chat.add_argument(
        "--conversation", metavar="ID", help="go on with this conversation; --json tells its ID"
    )
    chat.add_argument(
        "--temporary",
        action="store_true",
        help="keep nothing of it; --json then tells null as its conversation",
    )
    chat.add_argument(
        "--collection",
        action="append",
        default=[],
        metavar="C",
        help="answer from a collection of documents (not in this version)",
    )
    _add_shape(chat)
    _add_thinking(chat)
    _add_sampling(chat)
    chat.add_argument(
        "--best-of",
        type=_number(int, 2, 8),
        metavar="N",
        help="write N replies, 2 to 8, and keep the one that the others agree with most on show",
    )
    chat.add_argument(
        "--attach",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="give the model a text file or a picture; may be given several times",
    )
    chat.add_argument(
        "--overflow",
        choices=("stop", "roll", "compact"),
        metavar="HOW",
        help="when this conversation outgrows the context from here on: stop, roll (leave out the "
        "oldest messages) or compact (have the model summarise them)",
    )
    chat.add_argument("--force", action="store_true", help="load a model that may not fit")
    _add_json(chat)


def _add_compare(commands: _Commands[_Parser]) -> None:
    compare = commands.add_parser(
        "compare",
        help="ask two models or presets the same",
        description="Have two models or presets answer the same prompt, and keep a tally of votes.",
    )
    compare.add_argument("text", metavar="TEXT", help="the prompt; the word tally tells the votes")
    for side in ("left", "right"):
        compare.add_argument(
            f"--{side}", metavar="MODEL[:PRESET]", help=f"what answers on the {side}; :P a preset"
        )
    compare.add_argument(
        "--vote", metavar="ID=VOTE", help="with tally: left, right, both_good or both_bad was best"
    )
    compare.add_argument("--force", action="store_true", help="load a model that may not fit")
    _add_json(compare)


def _add_sampling(chat: _Parser) -> None:
    chat.add_argument(
        "--max-tokens",
        type=_number(int, 1, 1_000_000),
        metavar="N",
        help="longest reply, in tokens",
    )
    chat.add_argument(
        "--temperature", type=_number(float, 0, 5), metavar="T", help="0 steady, 1 varied"
    )
    chat.add_argument(
        "--seed",
        type=_number(int, 0, 2**32 - 2),  # to llama.cpp the one above means: draw one
        metavar="S",
        help="the same seed repeats a reply",
    )


def _add_shape(chat: _Parser) -> None:
    shape = chat.add_mutually_exclusive_group()
    shape.add_argument(
        "--schema",
        metavar="FILE",
        help="hold replies of this conversation to a JSON schema from here on; - reads it from "
        "standard input",
    )
    shape.add_argument("--grammar", metavar="FILE", help="the same with a GBNF grammar")
    shape.add_argument(
        "--free-text", action="store_true", help="hold replies to no schema or grammar any more"
    )


def _add_thinking(chat: _Parser) -> None:
    thinking = chat.add_mutually_exclusive_group()
    thinking.add_argument(
        "--think",
        action="store_true",
        default=None,
        help="have a model that can do so think before it answers, in this conversation from here "
        "on",
    )
    thinking.add_argument(
        "--no-think", dest="think", action="store_false", help="have it answer at once"
    )
    chat.add_argument(
        "--think-tokens",
        type=_number(int, 0, 1_000_000),
        metavar="N",
        help="longest thinking, in tokens; then it is made to answer",
    )
    chat.add_argument(
        "--effort",
        metavar="E",
        help="how hard it thinks: low, medium or high, where it can be told",
    )


def _add_chats(commands: _Commands[_Parser]) -> None:
    chats = commands.add_parser("chats", help="list, export and import chats")
    verbs = chats.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every chat, the newest first")
    find = verbs.add_parser("find", help="find what was said, in titles and messages")
    find.add_argument(
        "words", metavar="WORDS", help='all of them must occur; "in quotes" in this order'
    )
    find.add_argument(
        "--limit", type=_number(int, 1, 1000), default=20, metavar="N", help="how many at most"
    )
    export = verbs.add_parser("export", help="write chats into files")
    export.add_argument(
        "path",
        type=Path,
        metavar="PATH",
        help="a .json file for any number of chats, with all their branches; a .md or .html file "
        "for one; a folder for several as .md or .html (the window also makes .pdf files)",
    )
    export.add_argument(
        "--conversation",
        action="append",
        default=[],
        metavar="ID",
        help="only this chat; may be given several times; without it, all",
    )
    export.add_argument(
        "--format",
        choices=("json", "md", "html"),
        metavar="F",
        help="kind of the files: json, md or html; without it, the ending of PATH tells",
    )
    bring = verbs.add_parser(
        "import", help="take in a .json export of this program, or ChatGPT's export (.json or .zip)"
    )
    bring.add_argument("path", type=Path, metavar="PATH", help="the exported file")
    bring.add_argument("--again", action="store_true", help="also take in what is here already")
    bring.add_argument("--dry-run", action="store_true", help="only tell what the file holds")
    title = verbs.add_parser("title", help="give a chat another title")
    title.add_argument("conversation", metavar="ID", help="a chat")
    title.add_argument(
        "title", nargs="?", metavar="TITLE", help="its title; without it, the model makes one"
    )
    explained = _explanations(verbs)
    for verb in (listing, find, export, bring, title, _summary(verbs), *explained):
        _add_json(verb)


def _summary(verbs: _Commands[_Parser]) -> _Parser:
    summarise = verbs.add_parser(
        "summarise", help="have the model sum up the oldest part of a chat, and read that instead"
    )
    summarise.add_argument("conversation", metavar="ID", help="a chat")
    instead = summarise.add_mutually_exclusive_group()
    instead.add_argument(
        "--undo", action="store_true", help="let the model read the whole text again"
    )
    instead.add_argument(
        "--text", metavar="WORDS", help="put the summary that the model reads into these words"
    )
    return summarise


def _explanations(verbs: _Commands[_Parser]) -> tuple[_Parser, _Parser]:
    explain = verbs.add_parser("explain", help="tell how a reply was made, and its exact prompt")
    repeat = verbs.add_parser(
        "repeat", help="make a reply again from its recipe, and tell whether it is the same"
    )
    for verb in (explain, repeat):
        verb.add_argument("conversation", metavar="ID", help="a chat; its last reply is meant")
        verb.add_argument("--message", metavar="ID", help="another reply in it")
    repeat.add_argument("--force", action="store_true", help="load a model that may not fit")
    return explain, repeat


def _add_models(commands: _Commands[_Parser]) -> None:
    models = commands.add_parser("models", help="the models on this computer")
    verbs = models.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every model")
    show = verbs.add_parser("show", help="show one model's facts")
    show.add_argument("model", metavar="M", help="name or file of a model")
    add = verbs.add_parser("add", help="put a GGUF file on the shelf, as a link to where it is")
    add.add_argument("path", type=Path, metavar="PATH", help="a GGUF file; it stays in its place")
    add.add_argument(
        "--copy",
        action="store_true",
        help="copy it into the data folder, so that the file itself may go",
    )
    remove = verbs.add_parser("remove", help="take a model off the shelf, into the trash")
    remove.add_argument("model", metavar="M", help="name of a model")
    restore = verbs.add_parser("restore", help="bring a removed model back")
    restore.add_argument("model", metavar="NAME", help="name of a removed model")
    get = verbs.add_parser("get", help="fetch a model; the only command that goes online")
    get.add_argument("model", metavar="NAME", help=_GET_HELP)
    fit = verbs.add_parser("fit", help="tell whether a model fits into memory")
    fit.add_argument("model", metavar="M", help="name or file of a model")
    for verb in (listing, show, add, remove, restore, get, fit):
        _add_json(verb)


def _add_presets(commands: _Commands[_Parser]) -> None:
    presets = commands.add_parser("presets", help="how replies can be, and how that was before")
    verbs = presets.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every preset")
    show = verbs.add_parser("show", help="show all that a preset says")
    history = verbs.add_parser("history", help="list a preset's versions, the newest first")
    diff = verbs.add_parser("diff", help="tell what changed between two versions of a preset")
    restore = verbs.add_parser("restore", help="go back to an older version, or undo a removal")
    remove = verbs.add_parser("remove", help="move a preset of your own to the trash")
    for verb in (show, history, diff, restore, remove):
        verb.add_argument("preset", metavar="NAME", help="name of a preset")
    number = _number(int, 1, 1_000_000)
    show.add_argument("--version", type=number, metavar="N", help="as it was in this version")
    diff.add_argument(
        "older",
        nargs="?",
        type=number,
        metavar="OLD",
        help="a version; by default the last but one",
    )
    diff.add_argument(
        "newer", nargs="?", type=number, metavar="NEW", help="a version; by default the newest"
    )
    restore.add_argument(
        "version",
        nargs="?",
        type=number,
        metavar="N",
        help="the version to go back to; without it, the preset is brought back from the trash",
    )
    export = verbs.add_parser("export", help="write presets into a .json file")
    export.add_argument("path", type=Path, metavar="PATH", help="the file; it is replaced")
    export.add_argument(
        "--preset",
        action="append",
        default=[],
        metavar="NAME",
        help="only this preset; may be given several times; without it, all of your own",
    )
    bring = verbs.add_parser("import", help="take in exported presets, or a single one's file")
    bring.add_argument("path", type=Path, metavar="PATH", help="the exported file")
    bring.add_argument("--dry-run", action="store_true", help="only tell what the file holds")
    for verb in (listing, show, history, diff, restore, remove, export, bring):
        _add_json(verb)


def _add_settings(commands: _Commands[_Parser]) -> None:
    settings = commands.add_parser("settings", help="see and change settings")
    verbs = settings.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every setting with its value")
    put = verbs.add_parser("set", help="change a setting")
    put.add_argument("name", metavar="NAME", help="name of a setting")
    put.add_argument("value", metavar="VALUE", help="its new value")
    reset = verbs.add_parser("reset", help="go back to a setting's default")
    reset.add_argument("name", metavar="NAME", help="name of a setting")
    for verb in (listing, put, reset):
        _add_json(verb)


def _add_doctor(commands: _Commands[_Parser]) -> None:
    doctor = commands.add_parser("doctor", help="tell what works here and what does not")
    _add_json(doctor)


def _add_home(root: argparse.ArgumentParser) -> None:
    root.add_argument("--home", type=Path, metavar="DIR", help="keep all data in this folder")


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object")


def _number(kind: type[int] | type[float], least: int, most: int) -> Callable[[str], float]:
    """Return a reader of numbers between two bounds, both included."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError as error:
            wanted = "whole number" if kind is int else "number"
            raise argparse.ArgumentTypeError(f"“{text}” is not a {wanted}") from error
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text} is not between {least:,} and {most:,}")
        return value

    return read
