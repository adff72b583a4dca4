"""A loaded GGUF model: its weights, its vocabulary and its facts."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from pathlib import Path

import llama_cpp

from studio.engine.language import LoadSettings
from studio.workers.llama.native import NativeLog
from studio.workers.serve import RefusedError

_META_BYTES = 1 << 16


class Model:
    """Weights and vocabulary.

    Args:
        path: the GGUF file; of a split model its first part.
        settings: how to load it.
        log: where llama.cpp says why it could not.
        progress: told the share loaded, 0 to 1, after each tensor; returns false to stop loading.

    Raises:
        RefusedError: the file cannot be loaded, with the reason.
    """

    def __init__(
        self,
        path: Path,
        settings: LoadSettings,
        log: NativeLog,
        progress: Callable[[float], bool],
    ) -> None:
        if not path.is_file():
            raise RefusedError("model.missing", path=str(path))
        log.clear()
        params = _model_params(settings, progress)
        handle = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if not handle:
            raise _load_refusal(path, log)
        self.handle = handle
        self.path = path
        vocabulary = llama_cpp.llama_model_get_vocab(handle)
        if vocabulary is None:
            raise RefusedError("model.load_failed", path=str(path), details=log.text())
        self.vocabulary = vocabulary
        self._pieces: dict[int, bytes] = {}
        found = log.search(r"offloaded (\d+)/(\d+) layers")
        self.layers_offloaded = int(found.group(1)) if found else 0

    def close(self) -> None:
        """Give the weights back."""
        llama_cpp.llama_model_free(self.handle)

    @property
    def layers(self) -> int:
        """Number of blocks."""
        return int(llama_cpp.llama_model_n_layer(self.handle))

    @property
    def context_trained(self) -> int:
        """Tokens of context that the model was trained with."""
        return int(llama_cpp.llama_model_n_ctx_train(self.handle))

    @property
    def size_bytes(self) -> int:
        """Bytes of all its tensors."""
        return int(llama_cpp.llama_model_size(self.handle))

    @property
    def vocabulary_size(self) -> int:
        """Number of tokens in the vocabulary."""
        return int(llama_cpp.llama_vocab_n_tokens(self.vocabulary))

    @property
    def sliding_window(self) -> int:
        """Tokens seen by sliding-window layers; 0 when there are none."""
        return int(llama_cpp.llama_model_n_swa(self.handle))

    @property
    def recurrent(self) -> bool:
        """Whether part of its memory is a running state that cannot be cut."""
        return bool(
            llama_cpp.llama_model_is_recurrent(self.handle)
            or llama_cpp.llama_model_is_hybrid(self.handle)
        )

    @property
    def generative(self) -> bool:
        """Whether it writes text from left to right."""
        return bool(
            llama_cpp.llama_model_has_decoder(self.handle)
            and not llama_cpp.llama_model_has_encoder(self.handle)
            and not llama_cpp.llama_model_is_diffusion(self.handle)
        )

    @property
    def description(self) -> str:
        """One line, such as ``llama 135M Q4_1``."""
        buffer = ctypes.create_string_buffer(256)
        llama_cpp.llama_model_desc(self.handle, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")

    @property
    def chat_template(self) -> str:
        """The Jinja source of its chat template; empty when it has none."""
        source = llama_cpp.llama_model_chat_template(self.handle, None)
        return source.decode("utf-8", "replace") if source else ""

    def meta(self, key: str) -> str:
        """Return a scalar of the header as text; empty when it is not there."""
        buffer = ctypes.create_string_buffer(_META_BYTES)
        size = llama_cpp.llama_model_meta_val_str(self.handle, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if size >= 0 else ""

    def bos_text(self) -> str:
        """Return the text of the beginning-of-text token; empty when there is none."""
        return self._special(llama_cpp.llama_vocab_bos(self.vocabulary))

    def eos_text(self) -> str:
        """Return the text of the end-of-text token; empty when there is none."""
        return self._special(llama_cpp.llama_vocab_eos(self.vocabulary))

    def tokenize(self, text: str, *, add_bos: bool) -> list[int]:
        """Return the tokens of a text in which special tokens are written out."""
        data = text.encode("utf-8", "surrogatepass")
        size = len(data) + 2
        buffer = (ctypes.c_int32 * size)()
        count = llama_cpp.llama_tokenize(
            self.vocabulary, data, len(data), buffer, size, add_bos, True
        )
        if count < 0:
            raise RefusedError("settings.invalid", reason="the text could not be split into tokens")
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token, special ones written out."""
        if token not in self._pieces:
            size = self._write_piece(token, buffer := ctypes.create_string_buffer(512))
            if size < 0:  # it takes so many bytes
                size = self._write_piece(token, buffer := ctypes.create_string_buffer(-size))
            self._pieces[token] = buffer.raw[: max(size, 0)]
        return self._pieces[token]

    def _write_piece(self, token: int, buffer: ctypes.Array[ctypes.c_char]) -> int:
        return int(
            llama_cpp.llama_token_to_piece(self.vocabulary, token, buffer, len(buffer), 0, True)
        )

    def knows(self, marker: str) -> bool:
        """Tell whether a marker is one token of the vocabulary."""
        return len(self.tokenize(marker, add_bos=False)) == 1

    def is_end(self, token: int) -> bool:
        """Tell whether a token ends the reply."""
        return bool(llama_cpp.llama_vocab_is_eog(self.vocabulary, token))

    def is_control(self, token: int) -> bool:
        """Tell whether a token steers rather than says something."""
        return bool(llama_cpp.llama_vocab_is_control(self.vocabulary, token))

    def _special(self, token: int) -> str:
        return "" if token < 0 else self.piece(token).decode("utf-8", "replace")


def common_prefix(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many leading tokens two sequences share."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _model_params(
    settings: LoadSettings, progress: Callable[[float], bool]
) -> llama_cpp.llama_model_params:
    params: llama_cpp.llama_model_params = llama_cpp.llama_model_default_params()
    # None: every layer, as far as the device that was found holds them; 0 on a processor alone.
    params.n_gpu_layers = -1 if settings.gpu_layers is None else settings.gpu_layers
    modes = {
        (False, False): llama_cpp.LLAMA_LOAD_MODE_NONE,
        (True, False): llama_cpp.LLAMA_LOAD_MODE_MMAP,
        (False, True): llama_cpp.LLAMA_LOAD_MODE_MLOCK,
        (True, True): llama_cpp.LLAMA_LOAD_MODE_MMAP_MLOCK,
    }
    params.load_mode = modes[settings.memory_map, settings.memory_lock]
    # WORKAROUND: llama.cpp's AMX kernels end in a general protection fault on some machines that
    # announce AMX (seen with 0.3.36 on a virtual Xeon); without repacked weights they are not used.
    params.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()

    def report(share: float, _data: object) -> bool:
        return progress(share)

    params.progress_callback = llama_cpp.llama_progress_callback(report)
    return params


def _load_refusal(path: Path, log: NativeLog) -> RefusedError:
    unknown = log.search(r"unknown model architecture: '([^']*)'")
    if unknown:
        return RefusedError(
            "model.unknown_architecture", architecture=unknown.group(1), details=log.text()
        )
    if log.out_of_memory():
        return RefusedError("model.too_big", path=str(path), details=log.text())
    return RefusedError("model.load_failed", path=str(path), details=log.text())
