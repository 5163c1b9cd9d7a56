"""
Tables of lines as short as a traceback can do with, for the image: every byte of them travels.

CPython keeps, for each instruction of a function, its line and its columns. The columns serve to mark a place in a line
of source, and an image has no source. What is made here has no columns; and one line for a whole function, or each.

Runs where the library is compiled, and in the image's Python, for code that comes to be only there.
"""

from types import CodeType

# How CPython writes a table: its Objects/locations.md. A code unit is two bytes; an entry covers up to eight of them.
_UNIT = 2
_COVERED = 8
_LINE_ALONE, _NOTHING = 13, 15


def one_line(code: CodeType) -> bytes:
    """Return a table that has every instruction on the line where its function begins."""
    return _table(code, [(0, len(code.co_code), code.co_firstlineno)])


def each_line(code: CodeType) -> bytes:
    """Return a table that has every instruction on its own line."""
    return _table(code, list(code.co_lines()))


def _table(code: CodeType, lines: list[tuple[int, int, int | None]]) -> bytes:
    # An empty table would be shorter, but traceback stumbles over it.
    table = bytearray()
    before = code.co_firstlineno
    for begin, end, line in lines:
        for at in range(begin, end, _COVERED * _UNIT):
            units = min((end - at) // _UNIT, _COVERED)
            table.append(0x80 | (_NOTHING if line is None else _LINE_ALONE) << 3 | units - 1)
            if line is not None:
                table += _signed(line - before)
                before = line
    return bytes(table)


def _signed(number: int) -> bytes:
    """Return a number as such a table holds it: its sign in the lowest bit, six bits to a byte, the lowest first."""
    left = abs(number) << 1 | (number < 0)
    written = bytearray()
    while left >= 1 << 6:
        written.append(left & 0x3F | 0x40)
        left >>= 6
    return bytes([*written, left])
