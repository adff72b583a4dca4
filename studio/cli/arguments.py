"""The terminal's grammar: commands, options and their help. The manual is made from it."""

from __future__ import annotations

import argparse
from pathlib import Path

from studio.cli.chats_arguments import add_chats
from studio.cli.documents_arguments import add_documents
from studio.cli.grammar import Commands, Parser, add_best_of, add_force, add_json, number
from studio.cli.models_arguments import add_models
from studio.cli.presets_arguments import add_presets
from studio.cli.usage_words import COMMAND, VERB, refuse, too_much
from studio.paths import expanded
from studio.version import VERSION

_DESCRIPTION = (
    "Chat with language models, all on this computer. Without a command the window opens."
)


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
    root = Parser(prog="studio", add_help=False)
    _add_home(root)
    root.set_defaults(command=None)
    return root


def parser() -> argparse.ArgumentParser:
    """Return the whole grammar."""
    root = Parser(prog="studio", description=_DESCRIPTION)
    root.add_argument("--version", action="version", version=f"studio {VERSION}")
    _add_home(root)
    commands = root.add_subparsers(dest="command", metavar=COMMAND)
    _add_chat(commands)
    _add_compare(commands)
    add_chats(commands)
    add_documents(commands)
    add_models(commands)
    add_presets(commands)
    _add_settings(commands)
    _add_doctor(commands)
    return root


def _add_chat(commands: Commands[Parser]) -> None:
    chat = commands.add_parser(
        "chat", help="ask a model", description="Ask a model; the reply is streamed and kept."
    )
    chat.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")
    chat.add_argument("--model", metavar="M", help='name or file of a model; "" for what suits')
    chat.add_argument("--preset", metavar="P", help='name of a preset; "" for what suits the model')
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
    add_best_of(chat)
    chat.add_argument(
        "--attach",
        action="append",
        default=[],
        type=expanded,
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
    add_force(chat)
    add_json(chat)


def _add_compare(commands: Commands[Parser]) -> None:
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
    add_force(compare)
    add_json(compare)


def _add_sampling(chat: Parser) -> None:
    chat.add_argument(
        "--max-tokens",
        type=number(int, 1, 1_000_000),
        metavar="N",
        help="longest reply, in tokens",
    )
    chat.add_argument(
        "--temperature", type=number(float, 0, 5), metavar="T", help="0 steady, 1 varied"
    )
    chat.add_argument(
        "--seed",
        type=number(int, 0, 2**32 - 2),  # to llama.cpp the one above means: draw one
        metavar="S",
        help="the same seed repeats a reply",
    )


def _add_shape(chat: Parser) -> None:
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


def _add_thinking(chat: Parser) -> None:
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
        type=number(int, 0, 1_000_000),
        metavar="N",
        help="longest thinking, in tokens; then it is made to answer",
    )
    chat.add_argument(
        "--effort",
        metavar="E",
        help="how hard it thinks: low, medium or high, where it can be told",
    )


def _add_settings(commands: Commands[Parser]) -> None:
    settings = commands.add_parser("settings", help="see and change settings")
    verbs = settings.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every setting with its value")
    put = verbs.add_parser("set", help="change a setting")
    put.add_argument("name", metavar="NAME", help="name of a setting")
    put.add_argument("value", metavar="VALUE", help="its new value")
    reset = verbs.add_parser("reset", help="go back to a setting's default")
    reset.add_argument("name", metavar="NAME", help="name of a setting")
    for verb in (listing, put, reset):
        add_json(verb)


def _add_doctor(commands: Commands[Parser]) -> None:
    doctor = commands.add_parser("doctor", help="tell what works here and what does not")
    add_json(doctor)


def _add_home(root: argparse.ArgumentParser) -> None:
    root.add_argument("--home", type=_folder, metavar="DIR", help="keep all data in this folder")


def _folder(name: str) -> Path:
    """Return the folder of a name; no name is no wish for the current folder."""
    if not name.strip():
        raise argparse.ArgumentTypeError("a folder must be named")
    return expanded(name)
