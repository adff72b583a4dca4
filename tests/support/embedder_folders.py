"""Writes folders of embedding models for tests: the files as sentence-transformers saves them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from support.source_tree import ROOT

MINILM = ROOT / "models" / "all-MiniLM-L6-v2"

CONFIG = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 384,
    "intermediate_size": 1536,
    "num_attention_heads": 12,
    "num_hidden_layers": 6,
    "max_position_embeddings": 512,
    "vocab_size": 30522,
    "pad_token_id": 0,
}
MODULES = [
    {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write_folder(folder: Path) -> Path:
    """Write a folder that looks like an embedding model, with weights that hold nothing."""
    write_json(folder / "config.json", CONFIG)
    write_json(folder / "modules.json", MODULES)
    write_json(folder / "tokenizer.json", {})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 256})
    write_json(folder / "1_Pooling" / "config.json", {"pooling_mode_mean_tokens": True})
    (folder / "model.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    return folder


def copy_minilm(folder: Path) -> Path:
    """Copy the starter embedding model, which the bootstrap brings, so that it can be harmed."""
    shutil.copytree(MINILM, folder, copy_function=shutil.copyfile)
    return folder


def write_json(path: Path, value: object) -> None:
    """Write a JSON file, and its folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def change(path: Path, **values: object) -> None:
    """Change some values of a JSON file; a file that is not there begins empty."""
    told = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    write_json(path, {**told, **values})
