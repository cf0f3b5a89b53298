"""Every setting: one frozen dataclass per part, a default and one line of help for each field.

Nothing here reads the environment; ``service.open`` and the command line do, once, at their start.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How a statement is read."""

    reader: str = field(default="model", metadata={"help": "the reader that proposes items"})
    floor: float = field(  # on validation, span and act F1 is 68.1 here and 67.2 at 0.2; sentence-act 79.6 and 79.7
        default=0.3, metadata={"help": "items below this confidence are kept aside for review, not asserted"}
    )
    vocabulary: str = field(
        default="", metadata={"help": "a CSV file of your own (code, form, rule) whose names win over the built-in ones"}
    )
    workers: int = field(default=0, metadata={"help": "processes that read at once; 0 is one for each core"})


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """How the record is kept."""

    wait: float = field(default=10.0, metadata={"help": "seconds to wait for another process that is writing the record"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting."""

    read: ReadSettings = field(default_factory=ReadSettings)
    record: RecordSettings = field(default_factory=RecordSettings)
