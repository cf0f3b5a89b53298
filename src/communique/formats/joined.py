"""A stream whose first bytes were already taken to see what it is."""

from __future__ import annotations

import io
from typing import BinaryIO


class Joined(io.RawIOBase):
    """Bytes already taken from a stream, then the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self.head or self.rest.read(len(buffer))
        size = min(len(chunk), len(buffer))
        buffer[:size] = chunk[:size]
        self.head = self.head[size:] if self.head else b""
        return size
