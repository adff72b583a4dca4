"""Tells what a GGUF model is, from its header alone and within milliseconds."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from studio.errors import StudioError
from studio.library.gguf_parse import RawHeader, Tensor, Value, parse
from studio.library.gguf_tables import FILE_TYPES
from studio.lists import all_of
from studio.translation import tr

_PART_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_BLOCK = re.compile(r"blk\.(\d{1,6})\.")
_LONGEST_KEPT_TEXT = 512
_MOST_WIDTHS = 64
_EMBEDDING_ARCHITECTURES = frozenset(
    {
        "bert",
        "eurobert",
        "gemma-embedding",
        "jina-bert-v2",
        "jina-bert-v3",
        "modern-bert",
        "neo-bert",
        "nomic-bert",
        "nomic-bert-moe",
        "t5encoder",
    }
)
_IMAGE_ARCHITECTURES = frozenset(
    {"aura", "flux", "hidream", "lumina2", "qwen_image", "sd1", "sd3", "sdxl", "wan"}
)


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """Facts about a model; counts that the file does not state are 0.

    Attributes:
        purpose: ``chat``, ``completion`` (no chat template), ``embedding``, ``image``,
            ``projector`` (the eyes or ears of another model), ``adapter`` or ``vocabulary``.
        context_length: tokens that the model was trained with.
        heads, kv_heads: attention heads of each layer; 0 in a layer without attention.
        key_length, value_length: numbers per head.
        vocabulary, merges: number of tokens, and of the rules that join them.
        tokenizer: its kind, with the kind of its pre-tokenizer after a slash if there is one.
        quantization: such as ``Q4_K_M``.
        parameters: number of weights.
        size_bytes: of the file, or of all parts of a split one.
        tensor_types: bytes per number format.
        layer_bytes: bytes of each layer's tensors; ``input_bytes``, ``output_bytes`` of the
            token embedding and the output matrix; the remaining few are in neither.
        expert_bytes: bytes of the mixture-of-experts tensors among ``layer_bytes``.
        parts: number of files that the model is split into, 1 if it is not.
        metadata: single values and short lists of numbers, without long texts.
    """

    version: int
    architecture: str
    name: str
    purpose: str
    context_length: int
    block_count: int
    embedding_length: int
    feed_forward_length: int
    heads: tuple[int, ...]
    kv_heads: tuple[int, ...]
    key_length: int
    value_length: int
    vocabulary: int
    merges: int
    tokenizer: str
    quantization: str
    parameters: int
    size_bytes: int
    tensor_count: int
    tensor_bytes: int
    tensor_types: dict[str, int]
    layer_bytes: tuple[int, ...]
    input_bytes: int
    output_bytes: int
    expert_bytes: int
    parts: int
    chat_template: str | None
    metadata: dict[str, Value]

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number of the architecture's own settings, such as ``ssm.state_size``."""
        value = self.metadata.get(f"{self.architecture}.{key}", default)
        return value if isinstance(value, int) else default


def read_header(path: Path) -> GgufHeader:
    """Read what a model file says of itself; of a split model, all its parts are checked.

    Raises:
        StudioError: as :func:`studio.library.gguf_parse.parse`, and ``model.part_missing``,
            ``model.later_part`` or ``model.byte_order``.
    """
    raw = parse(path)
    _check_byte_order(path, raw)
    reader = _Facts(path, raw)
    count = reader.whole("split.count", 1)
    header = reader.header()
    if count <= 1:
        return header
    others = [_checked_part(part) for part in _other_parts(path, raw, count)]
    return _joined(header, others)


def part_number(path: Path) -> int:
    """Return which part of a split model the name says this is; 0 for a whole model."""
    found = _PART_NAME.fullmatch(path.name)
    return int(found["number"]) if found else 0


def parts_of(path: Path) -> tuple[Path, ...]:
    """Return the files that belong to a model by its name, itself included, present or not."""
    found = _PART_NAME.fullmatch(path.name)
    if not found:
        return (path,)
    count = int(found["count"])
    return tuple(
        path.with_name(f"{found['stem']}-{number:05}-of-{count:05}{path.suffix}")
        for number in range(1, count + 1)
    )


def title_of(path: Path) -> str:
    """Return the name that a model's file gives it, without the number of a part."""
    found = _PART_NAME.fullmatch(path.name)
    return found["stem"] if found else path.stem


def _check_byte_order(path: Path, raw: RawHeader) -> None:
    if raw.byte_order == sys.byteorder:
        return
    raise StudioError(
        "model.byte_order",
        tr(
            "{name} was made for processors of the other byte order ({order} endian).",
            name=path.name,
            order=raw.byte_order,
        ),
        tr("Look for the ordinary version of this model."),
    )


def _other_parts(path: Path, raw: RawHeader, count: int) -> tuple[Path, ...]:
    found = _PART_NAME.fullmatch(path.name)
    if not found or int(found["count"]) != count:
        raise StudioError(
            "model.part_missing",
            tr(
                "{name} is one of {count:,} parts, but was renamed, so the others cannot be found.",
                name=path.name,
                count=count,
            ),
            tr(
                "Give all parts their first names back, ending in "
                "-00001-of-{count:05}.gguf and on.",
                count=count,
            ),
        )
    if raw.metadata.get("split.no", 0) != 0 or int(found["number"]) != 1:
        raise StudioError(
            "model.later_part",
            tr("{name} is a later part of a model.", name=path.name),
            tr(
                "Add the first part, {first}, with all parts beside it.",
                first=parts_of(path)[0].name,
            ),
        )
    others = parts_of(path)[1:]
    missing = [part.name for part in others if not part.is_file()]
    if missing:
        raise StudioError(
            "model.part_missing",
            tr("{name} needs {files} beside it.", name=path.name, files=_listed(missing)),
            tr("Put the missing parts into the same folder."),
            "\n".join(missing),
        )
    return others


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        few = ", ".join(names[:3])
        return tr("{few} and {more:,} more", few=few, more=len(names) - 3)
    return all_of(names)


def _checked_part(path: Path) -> RawHeader:
    raw = parse(path)
    _check_byte_order(path, raw)
    return raw


def _joined(header: GgufHeader, others: list[RawHeader]) -> GgufHeader:
    tensors = _sums([tensor for raw in others for tensor in raw.tensors], header.block_count)
    types = Counter(header.tensor_types)
    types.update(tensors.types)
    return replace(
        header,
        parts=1 + len(others),
        size_bytes=header.size_bytes + sum(raw.file_size for raw in others),
        parameters=header.parameters + tensors.parameters,
        tensor_count=header.tensor_count + tensors.count,
        tensor_bytes=header.tensor_bytes + tensors.total,
        tensor_types=dict(types),
        layer_bytes=tuple(
            mine + theirs for mine, theirs in zip(header.layer_bytes, tensors.layers, strict=True)
        ),
        input_bytes=header.input_bytes + tensors.input,
        output_bytes=header.output_bytes + tensors.output,
        expert_bytes=header.expert_bytes + tensors.experts,
    )


@dataclass(slots=True)
class _TensorSums:
    layers: list[int]
    types: Counter[str]
    count: int = 0
    parameters: int = 0
    total: int = 0
    input: int = 0
    output: int = 0
    experts: int = 0


def _sums(tensors: list[Tensor], blocks: int) -> _TensorSums:
    sums = _TensorSums([0] * blocks, Counter())
    for tensor in tensors:
        size = tensor.size_bytes
        sums.count += 1
        sums.parameters += tensor.parameters
        sums.total += size
        sums.types[tensor.type.name] += size
        block = _BLOCK.match(tensor.name)
        if block and int(block[1]) < blocks:
            sums.layers[int(block[1])] += size
            sums.experts += size if "_exps." in tensor.name else 0
        elif tensor.name == "token_embd.weight":
            sums.input += size
        elif tensor.name == "output.weight":
            sums.output += size
    return sums


class _Facts:
    """Looks up expected settings and refuses those of the wrong kind."""

    _MOST_BLOCKS = 65_536

    def __init__(self, path: Path, raw: RawHeader) -> None:
        self._path = path
        self._raw = raw
        self._architecture = self.text("general.architecture")
        if not self._architecture:
            raise self._wrong(tr("it does not say which architecture it is of"))

    def header(self) -> GgufHeader:
        raw = self._raw
        blocks = self._own("block_count")
        if blocks > self._MOST_BLOCKS:
            raise self._wrong(tr("it claims to have {blocks:,} layers", blocks=blocks))
        heads = self._per_layer("attention.head_count", blocks, 0)
        first_heads = max(heads, default=0)
        head_length = self._own("embedding_length") // first_heads if first_heads else 0
        template = self.text("tokenizer.chat_template") or None
        tensors = _sums(list(raw.tensors), blocks)
        return GgufHeader(
            version=raw.version,
            architecture=self._architecture,
            name=self.text("general.name"),
            purpose=self._purpose(template, tensors.count),
            context_length=self._own("context_length"),
            block_count=blocks,
            embedding_length=self._own("embedding_length"),
            feed_forward_length=max(self._per_layer("feed_forward_length", blocks, 0), default=0),
            heads=heads,
            kv_heads=self._per_layer("attention.head_count_kv", blocks, None, heads),
            key_length=self._own("attention.key_length", head_length),
            value_length=self._own("attention.value_length", head_length),
            vocabulary=self._vocabulary(),
            merges=raw.lengths.get("tokenizer.ggml.merges", 0),
            tokenizer=self._tokenizer(),
            quantization=self._quantization(tensors.types),
            parameters=tensors.parameters,
            size_bytes=raw.file_size,
            tensor_count=tensors.count,
            tensor_bytes=tensors.total,
            tensor_types=dict(tensors.types),
            layer_bytes=tuple(tensors.layers),
            input_bytes=tensors.input,
            output_bytes=tensors.output,
            expert_bytes=tensors.experts,
            parts=1,
            chat_template=template,
            metadata=self._kept_metadata(),
        )

    def whole(self, key: str, default: int = 0) -> int:
        value = self._raw.metadata.get(key, default)
        if key in self._raw.lengths or type(value) is not int or value < 0:
            raise self._wrong(tr("“{key}” should be a whole number", key=key))
        return value

    def text(self, key: str) -> str:
        value = self._raw.metadata.get(key, "")
        if key in self._raw.lengths or not isinstance(value, str):
            raise self._wrong(tr("“{key}” should be a text", key=key))
        return value

    def _own(self, key: str, default: int = 0) -> int:
        return self.whole(f"{self._architecture}.{key}", default)

    def _wrong(self, what: str) -> StudioError:
        return StudioError(
            "model.damaged",
            tr("{name} is damaged: {what}.", name=self._path.name, what=what),
            tr("Download or copy it again."),
        )

    def _per_layer(
        self, key: str, blocks: int, default: int | None, otherwise: tuple[int, ...] = ()
    ) -> tuple[int, ...]:
        """Return one number per layer, whether the file gives one for all or a list."""
        full = f"{self._architecture}.{key}"
        if full not in self._raw.metadata and full not in self._raw.lengths:
            return otherwise if default is None else (default,) * blocks
        if full not in self._raw.lengths:
            return (self.whole(full),) * blocks
        values = self._raw.metadata.get(full, ())
        if not isinstance(values, tuple) or len(values) < blocks:
            raise self._wrong(tr("“{full}” should have a number for each layer", full=full))
        if any(type(value) is not int or value < 0 for value in values):
            raise self._wrong(tr("“{full}” should hold whole numbers", full=full))
        return tuple(int(value) for value in values[:blocks])

    def _vocabulary(self) -> int:
        stated = self._raw.lengths.get("tokenizer.ggml.tokens", 0)
        return stated or self._own("vocab_size")

    def _tokenizer(self) -> str:
        kind, splitter = self.text("tokenizer.ggml.model"), self.text("tokenizer.ggml.pre")
        return f"{kind}/{splitter}" if splitter else kind

    def _quantization(self, types: Counter[str]) -> str:
        number = self._raw.metadata.get("general.file_type")
        if isinstance(number, int) and number in FILE_TYPES:
            return FILE_TYPES[number]
        return types.most_common(1)[0][0] if types else ""

    def _purpose(self, template: str | None, tensors: int) -> str:
        kind = self.text("general.type")
        if kind == "adapter":
            return "adapter"
        if self._architecture == "clip" or kind == "mmproj":
            return "projector"
        if self._architecture in _IMAGE_ARCHITECTURES:
            return "image"
        pooled = f"{self._architecture}.pooling_type" in self._raw.metadata
        if pooled or self._architecture in _EMBEDDING_ARCHITECTURES:
            return "embedding"
        if tensors == 0:
            return "vocabulary"
        return "chat" if template else "completion"

    def _kept_metadata(self) -> dict[str, Value]:
        kept = {
            key: value
            for key, value in self._raw.metadata.items()
            if not isinstance(value, str) or len(value) <= _LONGEST_KEPT_TEXT
        }
        if self._architecture == "clip":  # not in the file as such: what its last layers give
            outer = (t.shape for t in self._raw.tensors if t.name.startswith("mm."))
            widths = {number for shape in outer for number in shape[:2]}
            kept["clip.outer_widths"] = tuple(sorted(widths)[:_MOST_WIDTHS])
        return kept
