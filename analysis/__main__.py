"""The command line: ``python -m analysis FILE.csv …`` and ``python -m analysis work``."""

import os
import sys

# Before anything counts: with one thread a sum is the same to the last bit on every machine, and beside the web server
# there is no second processor to wait for.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Read comments as they arrive in the database (``work``), or theme and score a file of them."""
    if sys.argv[1:2] == ["work"]:
        from analysis.duty import serve

        serve()
    else:
        from analysis.cli import run

        run()


if __name__ == "__main__":
    main()
