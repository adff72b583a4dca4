"""The one way in: the window, the terminal, or a worker. Imports nothing before it knows which."""

from __future__ import annotations

import sys

_INTERRUPTED = 130  # 128 and the signal, as shells have it


def main() -> int:
    """Run what the command line asks for and return its exit status."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:  # before whoever runs could take it
        sys.stderr.write("Stopped.\n")
        return _INTERRUPTED


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["--worker"]:
        return _work(arguments[1:])
    from studio.cli.arguments import parse  # the terminal's parts are not for workers

    parsed = parse(arguments)
    if parsed.command is None:
        from studio.app import run_window  # Qt is for the window alone

        return run_window(parsed.home)
    from studio.cli.run import run  # nor is the rest of the terminal for the window

    return run(parsed)


def _work(arguments: list[str]) -> int:
    from studio.workers.signals import outlive_signals  # first, for the rest takes a while

    outlive_signals()
    if arguments == ["llm"]:
        from studio.workers import llm  # llama.cpp is for this worker alone

        return llm.main()
    if arguments == ["extraction"]:
        from studio.workers import extraction  # what reads documents, for this worker alone

        return extraction.main()
    if arguments == ["embedding"]:
        from studio.workers import embedding  # so are torch and tokenizers

        return embedding.main()
    if arguments == ["search"]:
        from studio.workers import search  # and faiss

        return search.main()
    sys.stderr.write(f"studio: there is no worker {' '.join(arguments)!r}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
