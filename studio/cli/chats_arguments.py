"""The grammar of `studio chats`: what can be done with the chats that are kept."""

from __future__ import annotations

from studio.cli.grammar import (
    Commands,
    Parser,
    add_best_of,
    add_force,
    add_json,
    add_purge,
    number,
)
from studio.cli.usage_words import VERB
from studio.paths import expanded


def add_chats(commands: Commands[Parser]) -> None:
    """Add `studio chats` and its verbs."""
    chats = commands.add_parser("chats", help="read, find, change, order, export and remove chats")
    verbs = chats.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every chat, the newest first")
    listing.add_argument(
        "--trash", action="store_true", help="list what is in the trash instead, the last first"
    )
    listing.add_argument(
        "--tag", action="append", default=[], metavar="TAG", help="only those with this tag"
    )
    find = verbs.add_parser("find", help="find what was said, in titles and messages")
    find.add_argument(
        "words", metavar="WORDS", help='all of them must occur; "in quotes" in this order'
    )
    find.add_argument(
        "--limit", type=number(int, 1, 1000), default=20, metavar="N", help="how many at most"
    )
    export = verbs.add_parser("export", help="write chats into files")
    export.add_argument(
        "path",
        type=expanded,
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
    bring.add_argument("path", type=expanded, metavar="PATH", help="the exported file")
    bring.add_argument("--again", action="store_true", help="also take in what is here already")
    bring.add_argument("--dry-run", action="store_true", help="only tell what the file holds")
    title = verbs.add_parser("title", help="give a chat another title")
    title.add_argument("conversation", metavar="ID", help="a chat")
    title.add_argument(
        "title", nargs="?", metavar="TITLE", help="its title; without it, the model makes one"
    )
    others = (_order(verbs), *_trash(verbs), _summary(verbs), *_explanations(verbs))
    for verb in (listing, find, export, bring, title, *_turns(verbs), *_branches(verbs), *others):
        add_json(verb)


def _order(verbs: Commands[Parser]) -> Parser:
    order = verbs.add_parser("order", help="say where a chat stands in the list")
    order.add_argument("conversation", metavar="ID", help="a chat")
    order.add_argument("--folder", metavar="NAME", help='put it into this folder; "" for none')
    order.add_argument(
        "--tag",
        action="append",
        metavar="TAG",
        help='its tags in place of those it has; may be given several times; "" for none',
    )
    for name, yes, no in (
        ("pin", "keep it at the top of the list", "no longer keep it there"),
        ("archive", "take it out of the window's list", "bring it back into that"),
    ):
        either = order.add_mutually_exclusive_group()
        either.add_argument(f"--{name}", action="store_true", default=None, help=yes)
        either.add_argument(f"--no-{name}", dest=name, action="store_false", help=no)
    return order


def _turns(verbs: Commands[Parser]) -> tuple[Parser, ...]:
    edit = verbs.add_parser(
        "edit", help="put other words beside a message; a question is then asked in them"
    )
    regenerate = verbs.add_parser("regenerate", help="have another reply written beside the last")
    go_on = verbs.add_parser("continue", help="go on with the last reply where it was cut off")
    for verb in (edit, regenerate, go_on):
        verb.add_argument("conversation", metavar="ID", help="a chat")
        add_force(verb)
    for verb in (edit, regenerate):
        verb.add_argument(
            "--message", metavar="ID", help="a message in it; by default its last question"
        )
    edit.add_argument("text", metavar="TEXT", help="the words; - reads them from standard input")
    add_best_of(regenerate)
    return edit, regenerate, go_on


def _branches(verbs: Commands[Parser]) -> tuple[Parser, ...]:
    show = verbs.add_parser("show", help="show what was said, with the ID of each message")
    switch = verbs.add_parser("switch", help="bring another version of a message on show")
    fork = verbs.add_parser("fork", help="begin a new chat with what was said up to a message")
    delete = verbs.add_parser("delete", help="delete a message with all that follows it")
    for verb in (show, switch, fork, delete):
        verb.add_argument("conversation", metavar="ID", help="a chat")
    for verb in (switch, delete):
        verb.add_argument("message", metavar="MESSAGE", help="the ID of a message in it")
    fork.add_argument("--message", metavar="ID", help="a message in it; by default the last")
    return show, switch, fork, delete


def _trash(verbs: Commands[Parser]) -> tuple[Parser, ...]:
    remove = verbs.add_parser("remove", help="move a chat to the trash")
    restore = verbs.add_parser("restore", help="bring a chat back from the trash")
    for verb in (remove, restore):
        verb.add_argument("conversation", metavar="ID", help="a chat")
    restore.add_argument(
        "--deleted", metavar="ID", help="put back messages into it, under the ID that delete told"
    )
    return remove, restore, add_purge(verbs, "chat")


def _summary(verbs: Commands[Parser]) -> Parser:
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


def _explanations(verbs: Commands[Parser]) -> tuple[Parser, Parser]:
    explain = verbs.add_parser("explain", help="tell how a reply was made, and its exact prompt")
    repeat = verbs.add_parser(
        "repeat", help="make a reply again from its recipe, and tell whether it is the same"
    )
    for verb in (explain, repeat):
        verb.add_argument("conversation", metavar="ID", help="a chat; its last reply is meant")
        verb.add_argument("--message", metavar="ID", help="another reply in it")
    add_force(repeat)
    return explain, repeat
