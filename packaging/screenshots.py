"""Draws docs/pictures/ from the real program: ``python packaging/screenshots.py [SCENE ...]``.

The scenes are in ``picture_scenes.py``; this file only lets it and its neighbours be imported,
which a Python started with ``-P`` does not by itself.
"""

import sys
from pathlib import Path


def main() -> int:
    """Take the pictures of the scenes named on the command line, or every one."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import picture_session  # only now, because before it would not be found

    return picture_session.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
