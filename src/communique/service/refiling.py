"""Filing statements that changed: their rows, the keys of their promises, and what they were before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sqlalchemy import Connection

from communique.records import Kept
from communique.service.lots import Lot, lot_of, raised
from communique.stages.follow.candidates import FAMILIAR
from communique.stages.follow.index import ends_of
from communique.stages.follow.laying import LENGTHS, Part
from communique.store import filing, keying
from communique.store.filing import NOTHING, ROW, Filed

__all__ = ["Fresh", "file_changes", "fresh_of"]


class Fresh:
    """The rows of a statement just read: one by one, and laid out."""

    def __init__(self, lot: Lot) -> None:
        self.lot = lot
        self.part: Part = lot.part
        self.rows: list[Kept] = [raised(each) for each in lot.rows]

    def filed(self) -> Filed:
        """As they are filed."""
        columns = self.part.columns
        rows = np.zeros(len(self.rows), ROW)
        rows["start"], rows["end"] = columns["start"], columns["end"]
        rows["mass"], rows["promise"] = self.lot.mass, columns["promise"]
        rows["assertion"], rows["keys"] = self.lot.assertions, columns["keys" + LENGTHS]
        return Filed(rows, columns["keys"])

    def keyed(self) -> dict[int, set[keying.Entry]]:
        """Under each key its promises."""
        columns, found = self.part.columns, dict[int, set[keying.Entry]]()
        ends, worths = ends_of(columns["keys" + LENGTHS]), ends_of(columns["worths" + LENGTHS])
        for place in np.flatnonzero(columns["promise"]).tolist():
            keys = columns["keys"][ends[place] : ends[place + 1]].tolist()
            worth = columns["worths"][worths[place] : worths[place + 1]].tolist()
            for key, each in zip(keys, worth, strict=True):
                found.setdefault(key, set()).add((self.lot.ordinals[0], place, self.lot.assertions[place], each))
        return found


def fresh_of(connection: Connection, pk: int) -> Fresh:
    """A statement read and laid out."""
    return Fresh(lot_of(connection, [pk]))


def file_changes(connection: Connection) -> dict[int, Fresh]:
    """Files the statements that changed, notes what they were, and gives what they are now."""
    changed = filing.waiting(connection)
    if not changed:
        return {}
    known = filing.current(connection, changed)
    was = filing.filing_of(connection, changed)
    found = {}
    for pk in sorted(changed):
        if pk in known:
            found[pk] = fresh_of(connection, pk)
        _file(connection, pk, was.get(pk, NOTHING), found.get(pk))
    filing.settled(connection, changed)
    return found


def _file(connection: Connection, pk: int, was: Filed, read: Fresh | None) -> None:
    new = read.filed() if read else NOTHING
    if not len(was.rows) and not len(new.rows):
        return
    gone: dict[int, set[keying.Place]] = {}
    for key, at in _keyed_before(connection, pk, was):
        gone.setdefault(key, set()).add(at)
    moved = keying.change(connection, gone, read.keyed() if read else {}, FAMILIAR)
    filing.log(connection, pk, was, moved)
    if len(was.rows):
        filing.unlay(connection, pk)
    if read is None:
        filing.unfile(connection, pk)
    else:
        filing.lay(connection, read.lot.laid)
        filing.file(connection, [(pk, read.lot.days[0], new)])


def _keyed_before(connection: Connection, pk: int, was: Filed) -> Iterator[tuple[int, keying.Place]]:
    """The keys of the promises of a statement as it was."""
    places = np.flatnonzero(was.rows["promise"]).tolist()
    ordinal = filing.ordinal_of(connection, pk) if places else 0
    for place in places:
        for key in was.of(place).tolist():
            yield key, (ordinal, place, int(was.rows["assertion"][place]))
