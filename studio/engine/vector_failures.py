"""The words for requests to the embedding and search workers that failed, by their codes."""

from __future__ import annotations

from studio.translation import mark

VECTOR_FAILURES = {
    "embedder.missing": (
        mark("The embedding model {name} is not there: {path}"),
        mark("Bring it back, or choose another embedding model for the collection."),
    ),
    "embedder.incomplete": (
        mark("A file of the embedding model {name} is missing: {missing}"),
        mark("Fetch the model again, or choose another one."),
    ),
    "embedder.damaged": (
        mark("The embedding model {name} could not be read; one of its files is damaged."),
        mark("Fetch the model again, or choose another one."),
    ),
    "embedder.pickle": (
        mark(
            "The weights of {name} are in a form that can run code on this computer when it is "
            "read ({file}), so it is never opened."
        ),
        mark("Look for the same model as safetensors, or convert it where you trust it."),
    ),
    "embedder.own_code": (
        mark("{name} would run its makers' own code, which this program never does."),
        mark("Choose an embedding model that works without code of its own."),
    ),
    "embedder.other_kind": (
        mark("{name} does not make vectors of texts ({kind})."),
        mark("Choose an embedding model: a sentence-transformers folder or an embedding GGUF."),
    ),
    "embedder.no_device": (
        mark("This computer cannot compute on {device}, as was asked for {name}."),
        mark("Leave the choice to the program, or choose the processor."),
    ),
    "embedder.none": (
        mark("No embedding model is loaded in the document engine."),
        mark("Try again; if it stays so, choose the collection's embedding model again."),
    ),
    "embedder.too_long": (
        mark("A text has {tokens} tokens, but the embedding model sees only {window} at once."),
        mark("Shorten the question, or choose smaller chunks in the collection's settings."),
    ),
    "search.stale": (
        mark("The search index has to be made again ({reason})."),
        mark("This happens by itself; your documents are safe in the data file."),
    ),
    "search.not_open": (
        mark("The collection is not open in the search engine."),
        mark("Search again; it is opened by itself."),
    ),
    "search.bad_vectors": (
        mark("The search engine was given vectors that it cannot compare ({reason})."),
        mark("Have the collection indexed again; if it happens again, please report the details."),
    ),
    "search.not_saved": (
        mark("The search index could not be written to the disk."),
        mark(
            "Free some space on the disk. Searching works meanwhile; the index is made again at "
            "the next start."
        ),
    ),
}
