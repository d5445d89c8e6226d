"""What an update may hold, told from its bytes before anything merges it.

Yjs and its Rust twin follow nested values by recursion: a value nested 25,000 deep ends the process, and
one of 8,000 stops every browser that reads it. So only what the editor writes is let through.
The format is that of Yjs 13, update version 1.
"""

import json
from collections.abc import Callable
from typing import Any

# Of a mark's or a block's attribute, such as the widths of a table's columns.
DEEPEST_VALUE = 8
# Blocks in blocks; a list in a list takes two. Deeper than any that a person writes.
DEEPEST = 60
# Bytes of a whole number that every browser can hold, and clocks that one editor can come to.
LONGEST_WHOLE, LAST_CLOCK = 7, 2**31
ELEMENT, TEXT = 3, 6


class Malformed(ValueError):
    """Bytes that are no update or no state vector, or hold what no editor writes."""


class _Reader:
    """Numbers, texts and values out of bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self.needs: dict[int, int] = {}

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 63:
                raise Malformed

    def skip(self, size: int) -> None:
        if size > len(self.data) - self.at:
            raise Malformed
        self.at += size

    def text(self) -> str:
        size = self.number()
        start = self.at
        self.skip(size)
        return self.data[start : self.at].decode()

    def place(self) -> tuple[int, int]:
        """The editor and the clock of what stands beside or around."""
        client, clock = self.number(), self.number()
        self.needs[client] = max(self.needs.get(client, 0), clock + 1)
        return client, clock

    def whole(self) -> None:
        start = self.at
        while self.byte() >= 0x80:
            pass
        if self.at - start > LONGEST_WHOLE:
            raise Malformed

    def value(self, depth: int = 0) -> None:
        """A value of an attribute."""
        kind = self.byte()
        if kind in _SIZES:
            self.skip(_SIZES[kind])
        elif kind == _WHOLE:
            self.whole()
        elif kind in _PLAIN:
            self.skip(self.number())
        elif kind in _NESTED and depth < DEEPEST_VALUE:
            for _ in range(self.number()):
                if kind == _OBJECT:
                    self.text()
                self.value(depth + 1)
        else:
            raise Malformed

    def mark(self) -> None:
        """The name of a mark, and its value as JSON."""
        self.text()
        _shallow(json.loads(self.text()))


# Nothing, null, 4 and 8 bytes of a fraction, 8 of a large number, false, true; then bytes and text.
_SIZES, _WHOLE, _PLAIN = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}, 125, (116, 119)
_OBJECT = 118
_NESTED = (_OBJECT, 117)


def _shallow(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST_VALUE:
        raise Malformed
    if isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            _shallow(part, depth + 1)


# What an item may hold; each reads it, and returns how many clocks it takes.


def _words(reader: _Reader) -> int:
    return len(reader.text().encode("utf-16-le")) // 2


def _mark(reader: _Reader) -> int:
    reader.mark()
    return 1


def _node(reader: _Reader) -> int:
    """A block, or a run of words."""
    kind = reader.number()
    if kind == ELEMENT:
        reader.text()
    elif kind != TEXT:
        raise Malformed
    return 1


def _values(reader: _Reader) -> int:
    """Of an attribute."""
    size = reader.number()
    for _ in range(size):
        reader.value()
    return size


_CONTENTS: dict[int, Callable[[_Reader], int]] = {
    0: _Reader.number, 10: _Reader.number,  # collected, and a gap: they are no items
    1: _Reader.number, 4: _words, 6: _mark, 7: _node, 8: _values,
}  # fmt: skip
_NO_ITEM, _NODE, _VALUES = (0, 10), 7, 8
_OF_ATTRIBUTES = (1, _VALUES)


def check(update: bytes, client: int) -> dict[int, int]:
    """How far it builds on the words of which other editors.

    Raises Malformed unless it holds only what an editor writes, all of it by this client.
    """
    reader = _Reader(update)
    try:
        for _ in range(reader.number()):
            structs = reader.number()
            if reader.number() != client and structs:
                raise Malformed
            _check_structs(reader, structs, client)
        needs = {other: clock for other, clock in reader.needs.items() if other != client}
        _check_removed(reader)
    except (IndexError, ValueError, RecursionError) as wrong:
        raise Malformed from wrong
    return needs


def _check_structs(reader: _Reader, structs: int, client: int) -> None:
    clock, depths = reader.number(), dict[tuple[int, int], int]()
    for _ in range(structs):
        info = reader.byte()
        kind = info & 0x1F
        if kind not in _CONTENTS:
            raise Malformed
        reader.needs.pop(client, None)
        depth = 0 if kind in _NO_ITEM else _depth_of(reader, info, depths)
        if reader.needs.get(client, 0) > clock:
            raise Malformed  # nothing stands beside or in what comes after it
        if kind == _NODE:
            depths[client, clock] = depth
        size = _CONTENTS[kind](reader)
        clock += size
        if size < 1 or clock > LAST_CLOCK or depth > DEEPEST:
            raise Malformed


def _depth_of(reader: _Reader, info: int, depths: dict[tuple[int, int], int]) -> int:
    """How deep an item stands, as far as the update itself tells: beside its neighbour, or in its parent."""
    neighbours = [reader.place() for bit in (0x80, 0x40) if info & bit]
    if info & 0x20 and info & 0x1F not in _OF_ATTRIBUTES:
        raise Malformed
    if neighbours:
        return max(depths.get(place, 1) for place in neighbours)
    depth = 1
    if reader.number():
        reader.text()
    else:
        depth += depths.get(reader.place(), 0)
    if info & 0x20:
        reader.text()  # the name of an attribute
    elif info & 0x1F == _VALUES:
        raise Malformed
    return depth


def _check_removed(reader: _Reader) -> None:
    for _ in range(reader.number()):
        reader.number()
        for _ in range(reader.number()):
            reader.place()
    if reader.at != len(reader.data):
        raise Malformed
