"""Sets the project up and runs it: ``python3 packaging/bootstrap.py VERB [arguments]``.

This file only makes sure that Python is new enough to read the others, so it is written in words
that any Python 3 understands. The verbs are in ``verbs.py``.
"""

import sys


def main() -> int:
    """Run the verb named on the command line; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is what this line is for)
        sys.stderr.write(
            "Local AI Studio needs Python 3.11 or newer; this is Python {}.{}.\n"
            "Install a newer Python, then start this with it, for example:\n"
            "    python3.12 packaging/bootstrap.py run\n".format(*sys.version_info)
        )
        return 1
    sys.path.insert(0, __file__.rpartition("bootstrap.py")[0] or ".")
    import verbs  # only now, because an older Python cannot read it

    return verbs.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
