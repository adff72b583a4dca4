"""The embedder alone, as its makers' library runs it: what the worker is measured against.

``python -m benchmarks.raw_embedder MODEL TEXTS DTYPE`` loads the model, says ``ready``, and for
each line on standard input embeds all texts once and prints the seconds that took.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from studio.workers.serve import stand_back


def main() -> None:
    """Embed whenever a line comes."""
    from sentence_transformers import SentenceTransformer  # takes seconds, and only here

    stand_back()  # as the worker does, which it is measured beside
    model, texts, dtype = sys.argv[1:]
    embedder = SentenceTransformer(
        model, device="cpu", local_files_only=True, model_kwargs={"dtype": dtype}
    )
    chunks: list[str] = json.loads(Path(texts).read_text("utf-8"))
    embedder.encode(chunks[:8])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        began = time.perf_counter()
        embedder.encode(chunks, batch_size=32, show_progress_bar=False)
        sys.stdout.write(f"{time.perf_counter() - began}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
