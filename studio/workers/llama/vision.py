"""Lets a model see: its projector turns pictures into what stands in the prompt in their place."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import llama_cpp
from llama_cpp import mtmd_cpp

from studio.workers.llama.model import Model
from studio.workers.llama.native import AbortFlag, NativeLog
from studio.workers.llama.span import StoppedError
from studio.workers.serve import RefusedError

_NODES_BETWEEN_LOOKS = 16
_WIDTHS = r"mismatch between text model \(n_embd = (\d+)\) and mmproj \(n_embd = (\d+)\)"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what a picture becomes: ``tokens`` of text around it, or ``cells`` of itself.

    ``number`` is its place among the parts; ``positions`` how far it moves the text behind it,
    which is less than its cells where the model places pictures in two dimensions.
    """

    number: int
    tokens: tuple[int, ...] = ()
    cells: int = 0
    positions: int = 0
    at_once: bool = False


class Seen:
    """A picture, cut and scaled as the projector wants it. Close it when it is of no more use."""

    def __init__(self, chunks: Any, pieces: tuple[Piece, ...]) -> None:
        self._chunks = chunks
        self.pieces = pieces

    def chunk(self, piece: Piece) -> Any:
        """Return libmtmd's handle of a part."""
        return mtmd_cpp.mtmd_input_chunks_get(self._chunks, piece.number)

    def close(self) -> None:
        """Give the memory back."""
        mtmd_cpp.mtmd_input_chunks_free(self._chunks)


class Projector:
    """The eyes of one loaded model.

    Args:
        path: its file, whose header was found sound before.
        threads: processor threads to use.
        gpu: whether it may use the graphics card.

    Raises:
        RefusedError: ``projector.damaged``, ``projector.wrong_width``, ``projector.too_big`` or
            ``projector.blind``.
    """

    def __init__(
        self,
        path: Path,
        model: Model,
        abort: AbortFlag,
        log: NativeLog,
        *,
        threads: int,
        gpu: bool,
    ) -> None:
        if not path.is_file():
            raise RefusedError("projector.missing", path=str(path))
        self._abort = abort
        self._nodes = 0
        self._look = llama_cpp.ggml_backend_sched_eval_callback(self._goes_on)
        mtmd_cpp.mtmd_helper_log_set(log.callback, ctypes.c_void_p(0))
        params = mtmd_cpp.mtmd_context_params_default()
        params.use_gpu = gpu
        params.n_threads = threads
        params.warmup = False
        params.print_timings = False
        params.cb_eval = self._look
        log.clear()
        handle = mtmd_cpp.mtmd_init_from_file(str(path).encode(), model.handle, params)
        if not handle:
            raise _refusal(path, log)
        self._handle = handle
        if not mtmd_cpp.mtmd_support_vision(handle):
            self.close()
            raise RefusedError("projector.blind", path=str(path))

    def close(self) -> None:
        """Give the memory back."""
        mtmd_cpp.mtmd_free(self._handle)

    def look(self, data: bytes) -> Seen:
        """Decode a picture and cut it as the model wants it.

        Raises:
            RefusedError: ``picture.unreadable``.
        """
        bitmap = self._bitmap(data)
        chunks = mtmd_cpp.mtmd_input_chunks_init()
        if chunks is None:
            raise MemoryError
        part = mtmd_cpp.mtmd_input_part()
        part.bitmap = bitmap
        parts = (ctypes.POINTER(mtmd_cpp.mtmd_input_part) * 1)(ctypes.pointer(part))
        try:
            status = mtmd_cpp.mtmd_tokenize_from_parts(self._handle, chunks, parts, 1, False)
        finally:
            mtmd_cpp.mtmd_bitmap_free(bitmap)
        if status != 0:
            mtmd_cpp.mtmd_input_chunks_free(chunks)
            raise RefusedError("picture.unreadable")
        count = int(mtmd_cpp.mtmd_input_chunks_size(chunks))
        try:
            return Seen(chunks, tuple(self._piece(chunks, number) for number in range(count)))
        except RefusedError:
            mtmd_cpp.mtmd_input_chunks_free(chunks)
            raise

    def encode(self, chunk: Any) -> Any:
        """Return the vectors of a part of a picture, valid until the next one is encoded.

        Raises:
            StoppedError: the abort flag was raised meanwhile.
            RefusedError: ``picture.not_encoded``.
        """
        self._nodes = 0
        status = mtmd_cpp.mtmd_encode_chunk(self._handle, chunk)
        if self._abort.is_set:
            raise StoppedError
        vectors = mtmd_cpp.mtmd_get_output_embd(self._handle)
        if status != 0 or not vectors:
            raise RefusedError("picture.not_encoded", status=status)
        return vectors

    def decode(
        self, context: Any, chunk: Any, vectors: Any, position: int, sequence: int, batch: int
    ) -> int:
        """Read a part's vectors into a context's memory; return the status of llama.cpp."""
        reached = llama_cpp.llama_pos(position)
        return int(
            mtmd_cpp.mtmd_helper_decode_image_chunk(
                self._handle,
                context,
                chunk,
                vectors,
                llama_cpp.llama_pos(position),
                sequence,
                batch,
                ctypes.byref(reached),
                mtmd_cpp.mtmd_helper_post_decode_callback(),
                None,
            )
        )

    def _bitmap(self, data: bytes) -> Any:
        """Decode a picture, whose kind and size were looked at before."""
        buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        options = mtmd_cpp.mtmd_helper_init_opt_default()
        # What is no picture would be tried as a film, with a program that is found on the path.
        options.video_params.ffmpeg_bin_dir = os.devnull.encode()
        found = mtmd_cpp.mtmd_helper_bitmap_init_from_buf_wrapper(
            self._handle, buffer, len(data), False, options
        )
        if not found.bitmap:
            raise RefusedError("picture.unreadable")
        if mtmd_cpp.mtmd_bitmap_is_audio(found.bitmap):
            mtmd_cpp.mtmd_bitmap_free(found.bitmap)
            raise RefusedError("picture.unreadable")
        return found.bitmap

    def _piece(self, chunks: Any, number: int) -> Piece:
        chunk = mtmd_cpp.mtmd_input_chunks_get(chunks, number)
        if mtmd_cpp.mtmd_input_chunk_get_type(chunk) == mtmd_cpp.MTMD_INPUT_CHUNK_TYPE_TEXT:
            count = ctypes.c_size_t(0)
            tokens = mtmd_cpp.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
            around = tuple(tokens[: count.value]) if tokens else ()
            if any(token < 0 for token in around):  # which llama.cpp looks up and does not find
                raise RefusedError("projector.other_words")
            return Piece(number, around)
        return Piece(
            number,
            cells=int(mtmd_cpp.mtmd_input_chunk_get_n_tokens(chunk)),
            positions=int(mtmd_cpp.mtmd_input_chunk_get_n_pos(chunk)),
            at_once=bool(mtmd_cpp.mtmd_decode_use_non_causal(self._handle, chunk)),
        )

    def _goes_on(self, _tensor: Any, asks: bool, _data: Any) -> bool:
        """Answer libmtmd: first which nodes to be told of, then whether to go on after those."""
        if asks:
            self._nodes += 1
            return self._nodes % _NODES_BETWEEN_LOOKS == 0
        return not self._abort.is_set


def _refusal(path: Path, log: NativeLog) -> RefusedError:
    if found := log.search(_WIDTHS):
        return RefusedError(
            "projector.wrong_width",
            name=path.name,
            model=int(found[1]),
            projector=int(found[2]),
            details=log.text(),
        )
    if log.out_of_memory():
        return RefusedError("projector.too_big", name=path.name, details=log.text())
    return RefusedError("projector.damaged", name=path.name, details=log.text())
