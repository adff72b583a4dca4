"""The grammar of `studio presets`: how replies can be, changed and put back."""

from __future__ import annotations

from studio.cli.grammar import Commands, Parser, add_json, add_purge, number
from studio.cli.usage_words import VERB
from studio.paths import expanded


def add_presets(commands: Commands[Parser]) -> None:
    """Add `studio presets` and its verbs."""
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
    version = number(int, 1, 1_000_000)
    show.add_argument("--version", type=version, metavar="N", help="as it was in this version")
    diff.add_argument(
        "older",
        nargs="?",
        type=version,
        metavar="OLD",
        help="a version; by default the last but one",
    )
    diff.add_argument(
        "newer", nargs="?", type=version, metavar="NEW", help="a version; by default the newest"
    )
    restore.add_argument(
        "version",
        nargs="?",
        type=version,
        metavar="N",
        help="the version to go back to; without it, the preset is brought back from the trash",
    )
    export = verbs.add_parser("export", help="write presets into a .json file")
    export.add_argument("path", type=expanded, metavar="PATH", help="the file; it is replaced")
    export.add_argument(
        "--preset",
        action="append",
        default=[],
        metavar="NAME",
        help="only this preset; may be given several times; without it, all of your own",
    )
    bring = verbs.add_parser("import", help="take in exported presets, or a single one's file")
    bring.add_argument("path", type=expanded, metavar="PATH", help="the exported file")
    bring.add_argument("--dry-run", action="store_true", help="only tell what the file holds")
    others = (*_changes(verbs), add_purge(verbs, "preset"))
    for verb in (listing, show, history, diff, restore, remove, export, bring, *others):
        add_json(verb)


def _changes(verbs: Commands[Parser]) -> tuple[Parser, ...]:
    make = verbs.add_parser("make", help="begin a preset of your own")
    make.add_argument("title", metavar="TITLE", help="what it is called")
    make.add_argument("--like", metavar="NAME", help="with all that this preset says")
    put = verbs.add_parser("set", help="change what a preset says")
    rename = verbs.add_parser("rename", help="give a preset another title")
    reset = verbs.add_parser("reset", help="put a preset back to how it came with the program")
    for verb in (put, rename, reset):
        verb.add_argument("preset", metavar="NAME", help="name of a preset")
    put.add_argument(
        "key",
        nargs="?",
        metavar="KEY",
        help="such as system, description, model, temperature or examples, as in its file",
    )
    put.add_argument(
        "value", nargs="?", metavar="VALUE", help='its value; "" for none; - reads standard input'
    )
    put.add_argument(
        "--file", type=expanded, metavar="FILE", help="a preset's file: all that it is to say"
    )
    rename.add_argument("title", metavar="TITLE", help="what it is called from now on")
    return make, put, rename, reset
