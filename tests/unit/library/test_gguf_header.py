"""A sound header gives its facts, quickly and without keeping the vocabulary."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import gguf
import pytest
from support import tiny_gguf
from support.gguf_bytes import (
    BOOL,
    FLOAT32,
    STRING,
    UINT32,
    TensorEntry,
    architecture,
    array,
    small,
    value,
)

from studio.errors import StudioError
from studio.library.gguf import parts_of, read_header
from studio.library.gguf_tables import TENSOR_TYPES


def test_facts_of_a_chat_model(tmp_path: Path) -> None:
    path = tiny_gguf.write(
        tmp_path / "tiny.gguf",
        "qwen3",
        name="Tiny Qwen",
        chat_template=tiny_gguf.CHATML,
        context_length=4096,
    )
    header = read_header(path)
    assert (header.architecture, header.name, header.purpose) == ("qwen3", "Tiny Qwen", "chat")
    assert header.context_length == 4096
    assert (header.block_count, header.embedding_length) == (2, 64)
    assert (header.heads, header.kv_heads) == ((2, 2), (1, 1))
    assert (header.key_length, header.value_length) == (32, 32)
    assert header.vocabulary == 273
    assert header.merges == 10
    assert header.tokenizer == "gpt2/gpt-2"
    assert header.chat_template == tiny_gguf.CHATML
    assert header.quantization == "F32"
    assert header.size_bytes == path.stat().st_size
    assert header.tensor_bytes == 4 * header.parameters
    assert header.parts == 1


@pytest.mark.parametrize("architecture", tiny_gguf.ARCHITECTURES)
def test_tensors_are_counted_as_the_reference_reader_does(
    tmp_path: Path, architecture: str
) -> None:
    path = tiny_gguf.write(tmp_path / "tiny.gguf", architecture, quantization="Q8_0")
    reference = gguf.GGUFReader(path)
    header = read_header(path)
    assert header.tensor_count == len(reference.tensors)
    assert header.tensor_bytes == sum(int(tensor.n_bytes) for tensor in reference.tensors)
    assert header.parameters == sum(int(tensor.n_elements) for tensor in reference.tensors)
    assert sum(header.tensor_types.values()) == header.tensor_bytes
    layers = sum(header.layer_bytes) + header.input_bytes + header.output_bytes
    assert header.tensor_bytes - layers == 4 * 64  # the last norm


def test_table_of_number_formats_agrees_with_the_reference() -> None:
    known = {
        kind.value: sizes
        for kind, sizes in gguf.GGML_QUANT_SIZES.items()
        if kind.name != "Q8_1"  # 40 there; 36 in ggml since its sum became a half float
    }
    assert len(known) > 30
    for number, sizes in known.items():
        assert (TENSOR_TYPES[number].block, TENSOR_TYPES[number].size) == sizes


def test_heads_may_differ_by_layer(tmp_path: Path) -> None:
    header = read_header(tiny_gguf.write(tmp_path / "hybrid.gguf", "lfm2"))
    assert header.kv_heads == (0, 1)


def test_head_length_follows_from_the_width_when_it_is_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    values = [
        architecture(),
        value("llama.block_count", UINT32, 3),
        value("llama.embedding_length", UINT32, 256),
        value("llama.attention.head_count", UINT32, 8),
    ]
    path.write_bytes(small(values=values).build())
    header = read_header(path)
    assert (header.key_length, header.value_length) == (32, 32)
    assert header.kv_heads == (8, 8, 8)


@pytest.mark.parametrize(
    ("values", "purpose"),
    [
        ([architecture()], "completion"),
        ([architecture(), value("tokenizer.chat_template", STRING, "{{ x }}")], "chat"),
        ([architecture("nomic-bert")], "embedding"),
        ([architecture("qwen3"), value("qwen3.pooling_type", UINT32, 3)], "embedding"),
        ([architecture("clip")], "projector"),
        ([architecture(), value("general.type", STRING, "mmproj")], "projector"),
        ([architecture(), value("general.type", STRING, "adapter")], "adapter"),
        ([architecture("flux")], "image"),
    ],
)
def test_purpose(tmp_path: Path, values: list[bytes], purpose: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(small(values=values).build())
    assert read_header(path).purpose == purpose


def test_file_without_tensors_is_a_vocabulary(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(small(tensors=[]).build())
    assert read_header(path).purpose == "vocabulary"


def test_quantisation_without_a_stated_one_is_the_commonest_format(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    tensors = [TensorEntry("a"), TensorEntry("b", shape=(256, 4), type=12, offset=128)]
    path.write_bytes(small(tensors=tensors, data=bytes(704)).build())
    assert read_header(path).quantization == "Q4_K"


def test_other_version_and_alignment_are_read(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    values = [architecture(), value("general.alignment", UINT32, 32)]
    path.write_bytes(small(version=2, values=values).build())
    assert read_header(path).version == 2


def test_lists_of_flags_and_numbers_are_kept_when_short(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    values = [
        architecture(),
        array("llama.attention.sliding_window_pattern", BOOL, [True, False]),
        array("tokenizer.ggml.scores", FLOAT32, [0.5] * 5000),
        array("general.tags", STRING, ["one", "two"]),
    ]
    path.write_bytes(small(values=values).build())
    metadata = read_header(path).metadata
    assert metadata["llama.attention.sliding_window_pattern"] == (True, False)
    assert "tokenizer.ggml.scores" not in metadata
    assert "general.tags" not in metadata


def test_large_vocabulary_is_walked_over_and_not_kept(tmp_path: Path) -> None:
    path = tiny_gguf.write(tmp_path / "large.gguf", padding_tokens=250_000)
    read_header(path)
    tracemalloc.start()
    header = read_header(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert header.vocabulary == 250_273
    assert peak < 4 << 20


def _write_split(folder: Path) -> list[Path]:
    """Split a tiny model into three files, as llama.cpp's own tool does."""
    whole = tiny_gguf.write(folder / "whole.gguf", chat_template=tiny_gguf.CHATML)
    tensors = gguf.GGUFReader(whole).tensors
    paths = [folder / f"tiny-{number:05}-of-00003.gguf" for number in (1, 2, 3)]
    for number, path in enumerate(paths):
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_uint16("split.no", number)
        writer.add_uint16("split.count", 3)
        if number == 0:
            writer.add_block_count(2)
            writer.add_context_length(512)
        for tensor in tensors[number::3]:
            writer.add_tensor(tensor.name, tensor.data)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    return paths


def test_split_model_is_one_model(tmp_path: Path) -> None:
    paths = _write_split(tmp_path)
    header = read_header(paths[0])
    whole = read_header(tmp_path / "whole.gguf")
    assert header.parts == 3
    assert header.parameters == whole.parameters
    assert header.tensor_count == whole.tensor_count
    assert header.layer_bytes == whole.layer_bytes
    assert header.size_bytes == sum(path.stat().st_size for path in paths)
    assert parts_of(paths[1]) == tuple(paths)


def test_missing_parts_are_named(tmp_path: Path) -> None:
    paths = _write_split(tmp_path)
    paths[1].unlink()
    paths[2].unlink()
    with pytest.raises(StudioError) as caught:
        read_header(paths[0])
    assert caught.value.code == "model.part_missing"
    assert "tiny-00002-of-00003.gguf and tiny-00003-of-00003.gguf" in caught.value.what


def test_later_part_points_to_the_first(tmp_path: Path) -> None:
    paths = _write_split(tmp_path)
    with pytest.raises(StudioError) as caught:
        read_header(paths[2])
    assert caught.value.code == "model.later_part"
    assert "tiny-00001-of-00003.gguf" in caught.value.hint


def test_renamed_part_is_told(tmp_path: Path) -> None:
    paths = _write_split(tmp_path)
    renamed = shutil.move(paths[0], tmp_path / "first.gguf")
    with pytest.raises(StudioError) as caught:
        read_header(Path(renamed))
    assert caught.value.code == "model.part_missing"
    assert "renamed" in caught.value.what


def test_damaged_part_is_told(tmp_path: Path) -> None:
    paths = _write_split(tmp_path)
    paths[1].write_bytes(paths[1].read_bytes()[:-64])
    with pytest.raises(StudioError) as caught:
        read_header(paths[0])
    assert caught.value.code == "model.truncated"
    assert "tiny-00002-of-00003.gguf" in caught.value.what


def test_a_part_that_claims_to_be_one_of_millions(tmp_path: Path) -> None:
    path = tmp_path / "tiny-00001-of-99999.gguf"
    values = [architecture(), value("split.count", UINT32, 99_999)]
    path.write_bytes(small(values=values).build())
    with pytest.raises(StudioError) as caught:
        read_header(path)
    assert caught.value.code == "model.part_missing"
    assert "and 99,995 more" in caught.value.what
