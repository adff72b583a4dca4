"""The grammar of `studio models`: what can be done with the models on this computer."""

from __future__ import annotations

from studio.cli.grammar import Commands, Parser, add_json, add_purge
from studio.cli.usage_words import VERB
from studio.paths import expanded

_GET_HELP = (
    "“starter” brings SmolLM2-135M-Instruct, a small chat model (98 MB) and, run from source, "
    "all-MiniLM-L6-v2, which finds passages in documents (92 MB)"
)


def add_models(commands: Commands[Parser]) -> None:
    """Add `studio models` and its verbs."""
    models = commands.add_parser("models", help="the models on this computer")
    verbs = models.add_subparsers(dest="verb", metavar=VERB, required=True)
    listing = verbs.add_parser("list", help="list every model")
    listing.add_argument(
        "--trash", action="store_true", help="list what was removed instead, the last first"
    )
    show = verbs.add_parser("show", help="show one model's facts")
    show.add_argument("model", metavar="M", help="name or file of a model")
    add = verbs.add_parser("add", help="put a GGUF file on the shelf, as a link to where it is")
    add.add_argument(
        "path", type=expanded, metavar="PATH", help="a GGUF file; it stays in its place"
    )
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
    purge = add_purge(verbs, "model")
    for verb in (listing, show, add, remove, restore, purge, get, fit, *_load_settings(verbs)):
        add_json(verb)


def _load_settings(verbs: Commands[Parser]) -> tuple[Parser, Parser]:
    put = verbs.add_parser("set", help="change how one model is loaded")
    reset = verbs.add_parser("reset", help="load one model again as the others are")
    for verb in (put, reset):
        verb.add_argument("model", metavar="M", help="name or file of a model")
    put.add_argument(
        "key",
        metavar="KEY",
        help="a load setting, such as context, gpu_layers or cache_type; "
        "studio models show M --json names them all",
    )
    put.add_argument("value", metavar="VALUE", help="its value; auto leaves it to the program")
    reset.add_argument(
        "key", nargs="?", metavar="KEY", help="this load setting alone; without it, all of them"
    )
    return put, reset
