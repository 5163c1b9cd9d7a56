"""
Write a file once more as zstd: what Node cannot do before its version 22.

    python tools/image/squeeze_zstd.py FILE TARGET
"""

import sys
from pathlib import Path

import zstandard

HARDEST = 22


def main() -> None:
    """Compress, with the size of the content in its head, so that a reader can make room for it at once."""
    file, target = map(Path, sys.argv[1:])
    target.write_bytes(zstandard.ZstdCompressor(level=HARDEST).compress(file.read_bytes()))


if __name__ == "__main__":
    main()
