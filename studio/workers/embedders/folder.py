"""Reads what a sentence-transformers folder says of itself, and refuses those that cannot serve.

Only JSON is read here, so that a folder of another kind is told before a large library is imported.
The layout is that of ``SentenceTransformer.save``: ``modules.json`` lists the steps from a text to
its vector, each with a folder of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from studio.workers.serve import RefusedError

_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_DECIDE = (".json", ".txt", ".model", ".safetensors", ".jinja")  # files that the vectors hang on
_BLOCK = 1 << 20
_KNOWN = (
    "Transformer",
    "Pooling",
    "Normalize",
    "Dense",
    "LayerNorm",
    "StaticEmbedding",
    "WeightedLayerPooling",
)
_PASSAGE_PROMPTS = ("passage", "document", "corpus")


@dataclass(frozen=True, slots=True)
class Folder:
    """A sentence-transformers folder.

    Attributes:
        config: of the transformer; empty for an embedder without one.
        modules: the steps: kind and folder.
        pooling: the configuration of the step that makes one vector of many; empty without one.
        window: tokens that the authors set as the most; ``None`` when they leave it to the model.
        lower_case: whether texts are put into small letters first.
        prompts: what is set before a text, by ``passage`` and ``query``.
    """

    path: Path
    config: dict[str, Any]
    modules: tuple[tuple[str, Path], ...]
    pooling: dict[str, Any]
    window: int | None
    lower_case: bool
    prompts: dict[str, str]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its steps in order."""
        return tuple(kind for kind, _ in self.modules)

    @property
    def transformer(self) -> Path:
        """The folder of the transformer's weights and tokenizer."""
        return self.modules[0][1]

    def identity(self) -> str:
        """Return the SHA-256 over the files that decide its vectors, with their names."""
        whole = sha256()
        for file in sorted(self._deciding()):
            whole.update(f"{file.relative_to(self.path).as_posix()}\0".encode())
            whole.update(hash_of(file).encode())
        return whole.hexdigest()

    def _deciding(self) -> Iterator[Path]:
        for folder in {self.path, *(folder for _, folder in self.modules)}:
            if folder.is_dir():  # a step without settings has none
                yield from (file for file in folder.iterdir() if file.suffix in _DECIDE)


def read_folder(path: Path) -> Folder:
    """Return what a folder says of itself.

    Raises:
        RefusedError: ``embedder.missing``, ``embedder.incomplete``, ``embedder.pickle``,
            ``embedder.other_kind``, ``embedder.own_code`` or ``embedder.damaged``.
    """
    path = path.resolve()
    if not path.is_dir():
        raise RefusedError("embedder.missing", path=str(path))
    told = _json(path / "config_sentence_transformers.json", {})
    if told.get("model_type", "SentenceTransformer") != "SentenceTransformer":
        raise RefusedError("embedder.other_kind", kind=str(told["model_type"]))
    modules = _modules(path)
    first = modules[0][1]
    config = _json(first / "config.json", {})
    if modules[0][0] == "Transformer" and not config:
        raise RefusedError("embedder.incomplete", missing="config.json")
    if "auto_map" in config:
        raise RefusedError("embedder.own_code")
    _check_weights(first)
    if modules[0][0] == "Transformer" and not list(first.glob("tokenizer*")):
        raise RefusedError("embedder.incomplete", missing="tokenizer.json")
    transformer = _json(first / "sentence_bert_config.json", {})
    pooling = [_json(folder / "config.json", None) for kind, folder in modules if kind == "Pooling"]
    return Folder(
        path,
        config,
        modules,
        pooling[0] if pooling else {},
        transformer.get("max_seq_length"),
        bool(transformer.get("do_lower_case", False)),
        _prompts(told),
    )


def hash_of(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    whole = sha256()
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def _modules(path: Path) -> tuple[tuple[str, Path], ...]:
    if not (path / "modules.json").is_file():
        kind = _kind_without_modules(path)
        raise RefusedError("embedder.other_kind", kind=kind)
    modules = []
    for step in _json(path / "modules.json", None):
        library, _, kind = str(step["type"]).rpartition(".")
        if not library.startswith("sentence_transformers."):
            raise RefusedError("embedder.own_code")
        if kind not in _KNOWN:
            raise RefusedError("embedder.other_kind", kind=kind)
        folder = (path / step["path"]).resolve()
        if not folder.is_relative_to(path):
            raise RefusedError("embedder.damaged", path=str(path), details=str(step["path"]))
        modules.append((kind, folder))
    if not modules:
        raise RefusedError("embedder.damaged", path=str(path), details="modules.json is empty")
    return tuple(modules)


def _kind_without_modules(path: Path) -> str:
    if not (path / "config.json").is_file():
        raise RefusedError("embedder.incomplete", missing="modules.json")
    architectures = _json(path / "config.json", {}).get("architectures") or ["?"]
    return str(architectures[0])


def _check_weights(folder: Path) -> None:
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    if any(name.endswith(".safetensors") for name in names):
        return
    for name in names:
        if name.endswith(_PICKLES):
            raise RefusedError("embedder.pickle", file=name)
    raise RefusedError("embedder.incomplete", missing="model.safetensors")


def _prompts(told: dict[str, Any]) -> dict[str, str]:
    prompts: dict[str, str] = told.get("prompts") or {}
    default = prompts.get(str(told.get("default_prompt_name")), "")
    passage = [prompts[name] for name in _PASSAGE_PROMPTS if name in prompts]
    return {"query": prompts.get("query", default), "passage": [*passage, default][0]}


def _json(path: Path, otherwise: Any) -> Any:
    """Return a file's JSON, or ``otherwise`` when there is no such file and that is allowed."""
    if not path.is_file():
        if otherwise is None:
            raise RefusedError("embedder.incomplete", missing=path.name)
        return otherwise
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise RefusedError("embedder.damaged", path=str(path), details=str(error)) from error
