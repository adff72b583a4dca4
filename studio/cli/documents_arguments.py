"""The grammar of `studio documents`: collections of files, and what is asked of them."""

from __future__ import annotations

from pathlib import Path

from studio.cli.grammar import Commands, Parser, add_json, number
from studio.cli.usage_words import VERB
from studio.paths import expanded

MODES = ("hybrid", "dense", "keyword")
INDEX_KEYS = ("embedder", "chunk_tokens", "passage_tokens")
SEARCH_KEYS = ("language",)
_MOST_HITS = 1000


def add_documents(commands: Commands[Parser]) -> None:
    """Add `studio documents` and its verbs."""
    documents = commands.add_parser("documents", help="your own files, to be asked about")
    verbs = documents.add_subparsers(dest="verb", metavar=VERB, required=True)
    made = (
        _add(verbs),
        _list(verbs),
        _remove(verbs),
        _sync(verbs),
        _set(verbs),
        _of_one(verbs, "status", "tell what is in a collection, and which files could not be read"),
        _search(verbs),
        _evaluate(verbs),
    )
    for verb in made:
        add_json(verb)


def _collection(verb: Parser, *, required: bool = True) -> None:
    verb.add_argument(
        "--collection", required=required, metavar="C", help="name or ID of a collection"
    )


def _add(verbs: Commands[Parser]) -> Parser:
    add = verbs.add_parser("add", help="add files and folders to a collection and read them")
    add.add_argument(
        "paths",
        nargs="+",
        type=expanded,
        metavar="PATH",
        help="a file or a folder; both stay where they are, and a folder is kept in step",
    )
    _collection(add)
    return add


def _list(verbs: Commands[Parser]) -> Parser:
    listing = verbs.add_parser("list", help="list the collections, or the files of one")
    _collection(listing, required=False)
    return listing


def _remove(verbs: Commands[Parser]) -> Parser:
    remove = verbs.add_parser(
        "remove", help="take sources out of a collection, or put a whole collection into the trash"
    )
    remove.add_argument(
        "paths",
        nargs="*",
        type=expanded,
        metavar="PATH",
        help="a file or folder that was added; without one, the whole collection",
    )
    _collection(remove)
    return remove


def _of_one(verbs: Commands[Parser], name: str, about: str) -> Parser:
    verb = verbs.add_parser(name, help=about)
    _collection(verb)
    return verb


def _sync(verbs: Commands[Parser]) -> Parser:
    sync = _of_one(verbs, "sync", "take in what has changed in the sources of a collection")
    sync.add_argument(
        "--retry", action="store_true", help="also try files again that could not be read"
    )
    return sync


def _set(verbs: Commands[Parser]) -> Parser:
    put = verbs.add_parser(
        "set",
        help="change how a collection is read or searched",
        description="What concerns reading takes effect with the next sync, which builds a new "
        "index beside the old one.",
    )
    put.add_argument(
        "key",
        choices=[*INDEX_KEYS, *SEARCH_KEYS],
        metavar="KEY",
        help=f"for reading: {', '.join(INDEX_KEYS)}; for searching: {', '.join(SEARCH_KEYS)}",
    )
    put.add_argument("value", metavar="VALUE", help='its value; "" for the usual one')
    _collection(put)
    return put


def _search(verbs: Commands[Parser]) -> Parser:
    search = verbs.add_parser("search", help="find passages, without a chat model")
    search.add_argument("query", metavar="QUERY", help="a question or words")
    _collection(search)
    search.add_argument(
        "-k", type=number(int, 1, _MOST_HITS), default=10, metavar="N", help="how many (10)"
    )
    search.add_argument("--mode", choices=MODES, default=MODES[0], help="how to search (hybrid)")
    return search


def _evaluate(verbs: Commands[Parser]) -> Parser:
    evaluate = verbs.add_parser("evaluate", help="measure the search with questions and judgements")
    evaluate.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="a folder in BEIR layout: corpus.jsonl, queries.jsonl and qrels.tsv",
    )
    evaluate.add_argument("--mode", choices=MODES, default=MODES[0], help="how to search (hybrid)")
    return evaluate
