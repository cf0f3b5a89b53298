"""The order of the stages.  Read this first.

    Given ── ingest ──> Statement ── segment ──> Passages ── resolve ──> Mentions ── reader ──> Draft ── check ──> Reading

Each stage takes records and gives records and problems; none knows the store, the clock or the network.
``check`` is the only door: what does not hold against the words of the statement becomes a ``Problem``.
"""

from __future__ import annotations

from communique.readers import Reader
from communique.records import Given, Reading
from communique.settings import ReadSettings
from communique.stages.check import check
from communique.stages.ingest import ingest
from communique.stages.resolve import resolve
from communique.stages.segment import segment


def read(given: Given, reader: Reader, floor: float = ReadSettings().floor) -> Reading:
    """Everything ``reader`` finds in one document, checked against its words; what is less sure than ``floor`` is kept aside."""
    statement, faults = ingest(given)
    passages = segment(statement)
    mentions = resolve(statement, passages)
    draft = reader.read(statement, passages, mentions)
    reader_name = f"{reader.name} {reader.version}"
    return check(statement, passages, draft, reader=reader_name, mentions=mentions, problems=faults, floor=floor)
