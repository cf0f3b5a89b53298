"""What became of each commitment: the later words about it, and a verdict at a date.

    commitments, assertions ── index ── candidates ── features ── weights ── rules ──> links ── verdict ──> Thread

Pure: the same records and the same date give the same threads for ever.  Similarity finds candidates and orders them; the rules of
evidence decide what a link may be (``rules``), and the links alone make the verdict (``verdict``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.records import Judgement, Kept, Thread
from communique.stages.follow.candidates import keys
from communique.stages.follow.follower import TOGETHER, Follower, Vectors
from communique.stages.follow.index import Floats
from communique.stages.follow.judged import standing
from communique.stages.follow.loose import loose
from communique.stages.follow.promised import promises

__all__ = ["TOGETHER", "Follower", "follow", "keys", "loose", "promises"]


def follow(
    commitments: Iterable[Kept],
    assertions: Iterable[Kept],
    as_of: str,
    *,
    vectors: Vectors | Floats | None = None,
    judgements: Sequence[Judgement] = (),
) -> tuple[Thread, ...]:
    """A thread for each commitment made by ``as_of``, in the order of date, document and place.

    ``vectors``: a callable from texts to unit vectors, or one row for each of ``assertions`` in the order given.
    """
    found = Follower(assertions, as_of, vectors)
    wanted = {each.id for each in commitments}
    return tuple(standing(thread, judgements) for thread in found.threads(wanted))
