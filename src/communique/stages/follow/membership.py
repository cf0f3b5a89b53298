"""Which of many whole numbers are among a few others: what comparing pairs asks most."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["inside"]

FEW = 12  # numbers that are looked for one by one
ROOM = 16  # slots a number
ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93)  # multipliers, one a round


def inside(values: npt.NDArray[Any], among: npt.NDArray[Any], turn: int = 0) -> npt.NDArray[np.bool_]:
    """For each of ``values`` whether it is one of ``among``; both 64-bit whole numbers.

    A table of slots, a number each; those that find their slot taken are looked for in a next table.  Exact.
    """
    if len(among) <= FEW or turn >= len(ODD):
        found = np.zeros(len(values), np.bool_)
        for each in among:
            found |= values == each
        return found
    bits = int(ROOM * len(among) - 1).bit_length()
    slots = _slot(among, bits, turn)
    table = np.full(1 << bits, among[0], np.int64)
    table[slots] = among
    found = np.asarray(table[_slot(values, bits, turn)] == values, np.bool_)
    left = among[table[slots] != among]
    return found | inside(values, left, turn + 1) if len(left) else found


def _slot(values: npt.NDArray[Any], bits: int, turn: int) -> npt.NDArray[np.int64]:
    mixed = values.astype(np.uint64) * np.uint64(ODD[turn])
    return (mixed >> np.uint64(64 - bits)).astype(np.int64)
