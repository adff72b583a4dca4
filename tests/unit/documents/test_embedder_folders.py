"""Folders of embedding models: what they say of themselves, and which are refused and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.embedder_folders import MODULES, change, write_folder, write_json

from studio.engine.outcome import error_of
from studio.engine.protocol import Failed
from studio.workers.embedders.folder import read_folder
from studio.workers.embedders.loading import load
from studio.workers.serve import RefusedError

TOLD = "config_sentence_transformers.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "model")


def refusal(path: Path) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        read_folder(path)
    words = error_of(Failed(1, refused.value.code, {"name": "MiniLM", **refused.value.facts}))
    assert "{" not in words.what + words.hint
    return refused.value


def to_pickle(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def to_cross_encoder(folder: Path) -> None:
    (folder / "modules.json").unlink()
    change(folder / "config.json", architectures=["BertForSequenceClassification"])


def to_new_cross_encoder(folder: Path) -> None:
    change(folder / TOLD, model_type="CrossEncoder")


def to_clip(folder: Path) -> None:
    modules = [{**MODULES[0], "type": "sentence_transformers.models.CLIPModel"}]
    write_json(folder / "modules.json", modules)


def to_sparse(folder: Path) -> None:
    change(folder / TOLD, model_type="SparseEncoder")


def to_own_module(folder: Path) -> None:
    write_json(folder / "modules.json", [{**MODULES[0], "type": "custom_st.Transformer"}])


def to_own_code(folder: Path) -> None:
    change(folder / "config.json", auto_map={"AutoModel": "modeling.Model"})


def to_outside(folder: Path) -> None:
    write_json(folder / "modules.json", [{**MODULES[0], "path": "../elsewhere"}])


def to_no_json(folder: Path) -> None:
    (folder / "config.json").write_bytes(b'{"model_type": \xff')


@pytest.mark.parametrize(
    ("harm", "code", "fact"),
    [
        (to_pickle, "embedder.pickle", ("file", "pytorch_model.bin")),
        (to_cross_encoder, "embedder.other_kind", ("kind", "BertForSequenceClassification")),
        (to_new_cross_encoder, "embedder.other_kind", ("kind", "CrossEncoder")),
        (to_clip, "embedder.other_kind", ("kind", "CLIPModel")),
        (to_sparse, "embedder.other_kind", ("kind", "SparseEncoder")),
        (to_own_module, "embedder.own_code", None),
        (to_own_code, "embedder.own_code", None),
        (to_outside, "embedder.damaged", ("details", "../elsewhere")),
        (to_no_json, "embedder.damaged", None),
    ],
)
def test_what_cannot_serve_is_refused_with_its_reason(
    folder: Path, harm: Callable[[Path], None], code: str, fact: tuple[str, str] | None
) -> None:
    harm(folder)
    refused = refusal(folder)
    assert refused.code == code
    if fact is not None:
        assert refused.facts[fact[0]] == fact[1]


@pytest.mark.parametrize(
    "name",
    ["modules.json", "config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"],
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    if name == "modules.json":
        (folder / "config.json").unlink()
    refused = refusal(folder)
    assert refused.code == "embedder.incomplete"
    assert refused.facts["missing"] == name.rpartition("/")[2]


def test_a_path_without_anything_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none").code == "embedder.missing"
    with pytest.raises(RefusedError) as refused:
        load(tmp_path / "none.gguf", "")
    assert refused.value.code == "embedder.missing"


def test_a_file_that_is_no_gguf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"PK")
    with pytest.raises(RefusedError) as refused:
        load(tmp_path / "weights.bin", "")
    assert refused.value.code == "embedder.other_kind"


def test_the_folder_tells_its_window_and_steps(folder: Path) -> None:
    read = read_folder(folder)
    assert read.kinds == ("Transformer", "Pooling", "Normalize")
    assert (read.window, read.lower_case) == (256, False)
    assert read.prompts == {"query": "", "passage": ""}


@pytest.mark.parametrize(
    ("told", "query", "passage"),
    [
        ({"prompts": {"query": "query: ", "passage": "passage: "}}, "query: ", "passage: "),
        ({"prompts": {"query": "Q: ", "document": ""}}, "Q: ", ""),
        ({"prompts": {"any": "x "}, "default_prompt_name": "any"}, "x ", "x "),
        ({"prompts": None}, "", ""),
    ],
)
def test_prompts_are_those_of_the_configuration(
    folder: Path, told: dict[str, Any], query: str, passage: str
) -> None:
    write_json(folder / TOLD, told)
    assert read_folder(folder).prompts == {"query": query, "passage": passage}


def test_the_identity_hangs_on_what_decides_the_vectors_alone(folder: Path, tmp_path: Path) -> None:
    identity = read_folder(folder).identity()
    (folder / "README.md").write_text("Words", encoding="utf-8")
    moved = Path(shutil.move(folder, tmp_path / "moved"))
    assert read_folder(moved).identity() == identity
    change(moved / "1_Pooling" / "config.json", pooling_mode_mean_tokens=False)
    assert read_folder(moved).identity() != identity
