"""The least share at which each promise of a following takes one more candidate, its bar, as one blob.

    the bars by assertion | a row of zeros | those changed since, in order | rows of zeros: room for more

A statement changes a few hundred bars among any number.  They are put behind the others, so that the blob keeps its length and all but a
page or two of its bytes: SQLite writes only the pages that differ.  When the room is used up, the list is made anew.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["BAR", "GONE", "added", "made", "read"]

BAR = np.dtype([("assertion", "<u4"), ("least", "<f4")])
GONE = np.inf  # the bar of a promise that is there no longer
ROOM, FEW = 16, 512  # room for a change to one promise in so many, and for so many at least
Bars = npt.NDArray[np.void]


def made(bars: Bars) -> bytes:
    """Bars by assertion, with room behind them."""
    return bars.tobytes() + bytes(BAR.itemsize * (1 + max(FEW, len(bars) // ROOM)))


def read(kept: bytes) -> Bars:
    """The bars by assertion, as they are now."""
    rows = np.frombuffer(kept, BAR)
    whole, end = _ends(rows)
    return _exchanged(rows[:whole], rows[whole + 1 : end])


def added(kept: bytes, new: Bars) -> bytes:
    """With other bars of some promises, ``GONE`` of those to leave out."""
    rows = np.frombuffer(kept, BAR)
    _, end = _ends(rows)
    if end + len(new) > len(rows):
        return made(_exchanged(read(kept), new))
    start = end * BAR.itemsize
    return kept[:start] + new.tobytes() + kept[start + new.nbytes :]


def _ends(rows: Bars) -> tuple[int, int]:
    """Where the list ends, and where the changes to it do: no assertion has the key 0."""
    zeros = np.flatnonzero(rows["assertion"] == 0)
    whole = int(zeros[0]) if len(zeros) else len(rows)
    return whole, int(zeros[1]) if len(zeros) > 1 else len(rows)


def _exchanged(old: Bars, new: Bars) -> Bars:
    """Bars by assertion with some in the place of others, the last of each; without those that are gone."""
    if not len(new):
        return old
    assertions, last = np.unique(new["assertion"][::-1], return_index=True)
    new = new[::-1][last]
    held = np.append(old["assertion"], np.uint32(0))
    at = np.searchsorted(held[:-1], assertions)
    there = held[at] == assertions
    found = old.copy()
    found[at[there]] = new[there]
    if not there.all():
        found = np.insert(found, at[~there], new[~there])
    return found[found["least"] < GONE] if (new["least"] == GONE).any() else found
