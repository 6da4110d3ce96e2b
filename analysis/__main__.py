"""The command line: ``python -m analysis FILE.csv …``, ``python -m analysis work`` and ``… report NUMBER``."""

import gc
import os
import sys

# Before anything counts: with one thread a sum is the same to the last bit on every machine, and beside the web server
# there is no second processor to wait for.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is read stays until it is written: looking through it again and again for what is wanted no more takes a tenth of
# the time, and finds little.
gc.set_threshold(200_000, 20, 20)


def main() -> None:
    """Read comments as they arrive (``work``), write a report's files (``report``), or theme a file of comments."""
    if sys.argv[1:2] == ["work"]:
        from analysis.duty import serve

        serve()
    elif sys.argv[1:2] == ["report"]:
        from analysis.issuing import run

        run(sys.argv[2:])
    else:
        from analysis.cli import run as read_file

        read_file()


if __name__ == "__main__":
    main()
