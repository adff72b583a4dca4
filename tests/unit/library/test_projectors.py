"""Which projector belongs to which model: by its width, its name and where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny_gguf, tiny_projector
from support.tiny_gguf import Size

from studio.errors import StudioError
from studio.library.gguf import read_header
from studio.library.projectors import (
    Candidate,
    expects_projector,
    is_for_pictures,
    memory_of,
    pair,
)


def model(path: Path, name: str = "Tiny", width: int = 64, template: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = Size(embedding=width)
    return tiny_gguf.write(path, name=name, size=size, chat_template=template or tiny_gguf.CHATML)


def eyes(path: Path, width: int = 64, kind: tiny_projector.Kind = "idefics3") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return tiny_projector.write(path, kind, width=width)


def paired(*paths: Path) -> dict[str, str]:
    found = pair([Candidate(path, read_header(path)) for path in paths])
    return {one.name: other.name for one, other in found.items()}


def test_a_projector_of_the_same_name_belongs_to_it(tmp_path: Path) -> None:
    here = model(tmp_path / "SmolVLM-500M-Instruct-Q8_0.gguf")
    other = model(tmp_path / "Phi-500M.gguf", name="Phi")
    mine = eyes(tmp_path / "mmproj-SmolVLM-500M-Instruct-f16.gguf")
    assert paired(here, other, mine) == {here.name: mine.name}


@pytest.mark.parametrize("kind", ["gemma3", "idefics3", "qwen2vl_merger"])
def test_one_of_another_width_does_not(tmp_path: Path, kind: tiny_projector.Kind) -> None:
    here = model(tmp_path / "SmolVLM.gguf")
    wrong = eyes(tmp_path / "mmproj-SmolVLM.gguf", width=96, kind=kind)
    assert paired(here, wrong) == {}
    right = eyes(tmp_path / "mmproj-SmolVLM.gguf", kind=kind)
    assert paired(here, right) == {here.name: right.name}


def test_one_without_a_name_belongs_to_the_only_model_beside_it(tmp_path: Path) -> None:
    here = model(tmp_path / "one" / "Qwen2-VL-2B.gguf")
    nameless = eyes(tmp_path / "one" / "mmproj-F16.gguf")
    nameless_header = read_header(nameless)
    assert nameless_header.name == "Tiny eyes"
    there = model(tmp_path / "two" / "Llama.gguf")
    rename(nameless)
    assert paired(here, nameless, there) == {here.name: nameless.name}


def test_one_without_a_name_among_several_models_belongs_to_none(tmp_path: Path) -> None:
    one, other = model(tmp_path / "Alpha.gguf"), model(tmp_path / "Beta.gguf")
    nameless = rename(eyes(tmp_path / "mmproj-F16.gguf"))
    assert paired(one, other, nameless) == {}


def test_the_one_beside_the_model_comes_first(tmp_path: Path) -> None:
    here = model(tmp_path / "one" / "SmolVLM.gguf")
    far = eyes(tmp_path / "two" / "mmproj-SmolVLM-a.gguf")
    near = eyes(tmp_path / "one" / "mmproj-SmolVLM-b.gguf")
    assert paired(here, far, near) == {here.name: near.name}


def test_a_size_alone_makes_no_kin(tmp_path: Path) -> None:
    here = model(tmp_path / "Alpha-500M-Instruct.gguf", name="Alpha 500M")
    assert paired(here, eyes(tmp_path / "mmproj-Beta-500M-Instruct.gguf")) == {}


def test_a_projector_is_known_for_one_and_takes_memory(tmp_path: Path) -> None:
    header = read_header(eyes(tmp_path / "mmproj.gguf"))
    assert header.purpose == "projector"
    assert is_for_pictures(header)
    assert memory_of(header) > header.tensor_bytes > 0
    assert not is_for_pictures(read_header(model(tmp_path / "a.gguf")))


def test_a_model_made_to_see_is_told_by_its_template(tmp_path: Path) -> None:
    blind = read_header(model(tmp_path / "a.gguf"))
    seeing = "{% if part['type'] == 'image' %}<image>{% endif %}" + tiny_gguf.CHATML
    assert not expects_projector(blind)
    assert expects_projector(read_header(model(tmp_path / "b.gguf", template=seeing)))
    assert not expects_projector(read_header(eyes(tmp_path / "mmproj.gguf")))


def test_a_projector_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    whole = eyes(tmp_path / "mmproj.gguf").read_bytes()
    bad = tmp_path / "mmproj-cut.gguf"
    for cut in (3, 60, len(whole) // 2, len(whole) - 200):
        bad.write_bytes(whole[:cut])
        with pytest.raises(StudioError):
            read_header(bad)


def rename(projector: Path) -> Path:
    """Take the name out of a projector's header, as many makers leave it out."""
    data = projector.read_bytes()
    assert data.count(b"Tiny eyes") == 1
    projector.write_bytes(data.replace(b"Tiny eyes", b"model    "))
    return projector
