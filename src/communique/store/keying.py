"""Under each key the promises that are found by it: the first so many in the order of the record, as one row; the rest beside it.

What a promise is found by depends on the promises before it alone: a key that as many said before is of no use to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

__all__ = ["ENTRY", "Entries", "Entry", "Place", "change", "fill", "under", "worths"]

Entries = npt.NDArray[np.void]
Place = tuple[int, int, int]  # ordinal, place, assertion: the order of the record
Entry = tuple[int, int, int, int]  # the same and the worth
ENTRY = np.dtype([("ordinal", "<i8"), ("place", "<u4"), ("assertion", "<u4"), ("worth", "<u4")])
NONE = np.zeros(0, ENTRY)
SOME = 500
PUT = "INSERT OR REPLACE INTO keyed(key, entries) VALUES (?, ?)"
SPARE = "INSERT INTO spare(key, ordinal, place, assertion, worth) VALUES (?, ?, ?, ?, ?)"


def under(connection: Connection, keys: Iterable[int]) -> dict[int, Entries]:
    """The promises in use under each key that has any."""
    raw, wanted, found = _raw(connection), sorted(keys), {}
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        sql = f"SELECT key, entries FROM keyed WHERE key IN ({','.join('?' * len(some))})"
        found.update({int(key): np.frombuffer(entries, ENTRY) for key, entries in raw.execute(sql, some)})
    return found


def worths(connection: Connection, assertion: int, keys: Iterable[int]) -> dict[int, int]:
    """Of the keys of a promise those that it is found by, in the order given, with their weights."""
    wanted = list(keys)
    held, found = under(connection, wanted), {}
    for key in wanted:
        mine = held.get(key, NONE)
        at = np.flatnonzero(mine["assertion"] == assertion)
        if len(at):
            found[key] = int(mine["worth"][at[0]])
    return found


def change(connection: Connection, gone: dict[int, set[Place]], made: dict[int, set[Entry]], most: int) -> set[int]:
    """Takes promises out from under keys and puts others in; gives the assertions that a key no longer finds, or finds now."""
    keys = gone.keys() | made.keys()
    held = under(connection, keys)
    moved: set[int] = set()
    for key in sorted(keys):
        before: list[Entry] = held[key].tolist() if key in held else []
        after = _changed(_raw(connection), key, before, gone.get(key, set()), made.get(key, set()), most)
        moved |= {assertion for _, _, assertion, _ in set(before).symmetric_difference(after)}
    return moved


def _changed(raw: Any, key: int, before: list[Entry], gone: set[Place], made: set[Entry], most: int) -> list[Entry]:
    """The promises in use under a key, and where they were exchanged, kept."""
    kept = [each for each in before if each[:3] not in gone]
    full = len(before) >= most
    if full:
        _wait(raw, key, gone.difference(each[:3] for each in before), ())
        if len(kept) == len(before) and not (made and min(made) < before[-1]):
            _wait(raw, key, (), made)
            return before
    sql = "SELECT ordinal, place, assertion, worth FROM spare WHERE key = ? ORDER BY ordinal, place, assertion LIMIT ?"
    waiting: list[Entry] = raw.execute(sql, (key, most - len(kept))).fetchall() if full else []
    every = sorted([*kept, *made, *waiting])
    after, rest = every[:most], every[most:]
    _wait(raw, key, (each[:3] for each in waiting if each in after), (each for each in rest if each not in waiting))
    if after:
        raw.execute(PUT, (key, np.array(after, ENTRY).tobytes()))
    else:
        raw.execute("DELETE FROM keyed WHERE key = ?", (key,))
    return after


def _wait(raw: Any, key: int, gone: Iterable[Place], made: Iterable[Entry]) -> None:
    """Exchanges promises that wait for a place under a key."""
    raw.executemany("DELETE FROM spare WHERE key = ? AND ordinal = ? AND place = ? AND assertion = ?", [(key, *each) for each in gone])
    raw.executemany(SPARE, [(key, *each) for each in made])


def fill(connection: Connection, keys: npt.NDArray[np.uint32], entries: Entries, most: int) -> None:
    """Puts all promises into an empty index: a key and an entry each, sorted by key, ordinal, place and assertion."""
    first = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), np.bool_), keys[1:] != keys[:-1]]))
    ends = np.append(first[1:], len(keys))
    used = np.minimum(ends, first + most)
    raw = _raw(connection)
    raw.executemany(PUT, _rows(keys[first].tolist(), entries, first.tolist(), used.tolist()))
    over = np.flatnonzero(np.arange(len(keys)) >= np.repeat(used, ends - first))
    for start in range(0, len(over), SOME):
        some = over[start : start + SOME]
        raw.executemany(SPARE, [(key, *each) for key, each in zip(keys[some].tolist(), entries[some].tolist(), strict=True)])


def _rows(keys: Sequence[int], entries: Entries, first: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    size = ENTRY.itemsize
    whole = memoryview(entries.tobytes())
    for key, start, end in zip(keys, first, ends, strict=True):
        yield key, bytes(whole[start * size : end * size])


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection
