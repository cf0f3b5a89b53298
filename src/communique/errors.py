"""Exceptions: a fault in the call.  (A fault in an input is a ``Problem``, kept like data.)

    CommuniqueError              every error of ours; exit status 2
    ├── InputError               a path, a date or a filter that cannot be used
    │   ├── NoSuchPath
    │   ├── BadFilter
    │   ├── BadVocabulary
    │   ├── NoSuchItem
    │   └── JudgedMeanwhile
    ├── RecordError              the record cannot be used
    │   ├── RecordLocked
    │   ├── RecordReadOnly
    │   ├── RecordTooNew
    │   ├── RecordFull
    │   ├── RecordDamaged
    │   ├── NotARecord
    │   ├── NoRecord
    │   └── NoFolder
    ├── ReaderError              no reader of that name, or it does not load
    └── MissingExtra             an optional part that is not installed

Each class writes its own sentence: what happened, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable


class CommuniqueError(Exception):
    """Every error of ours."""

    code = "error"


class InputError(CommuniqueError):
    """What was asked for cannot be used as it stands."""

    code = "bad-input"


class NoSuchPath(InputError):
    """A path that names nothing readable."""

    code = "no-such-path"

    def __init__(self, path: object) -> None:
        why = "an address is not fetched" if "://" in str(path) else "no such file or folder"
        super().__init__(f"{path or 'an empty path'}: {why}; give a .txt, .md or .jsonl file, a folder of them, or - for standard input.")


class BadFilter(InputError):
    """A filter value outside what the filter takes."""

    code = "bad-filter"

    def __init__(self, name: str, value: object, takes: str) -> None:
        super().__init__(f"{name.replace('_', '-')} {value!r} is not usable; it takes {takes}.")


class BadVocabulary(InputError):
    """A user's own vocabulary file that cannot be read."""

    code = "bad-vocabulary"

    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"{path}: {why}; give a CSV file with the columns code, form and rule, one form a line.")


class NoSuchItem(InputError):
    """An id that the record does not hold."""

    code = "not-found"

    def __init__(self, id: str, record: object) -> None:
        super().__init__(f"{id}: nothing of that id in {record}; `communique ls` lists statements, the listings their items.")


class JudgedMeanwhile(InputError):
    """A judgement by somebody who had not seen the latest one."""

    code = "conflict"

    def __init__(self, last: str) -> None:
        super().__init__(f"{last}; look again before judging.")


class RecordError(CommuniqueError):
    """The record cannot be used."""

    code = "record"


class RecordLocked(RecordError):
    """Another process is writing and did not finish in time."""

    code = "record-locked"

    def __init__(self, record: object, seconds: float) -> None:
        super().__init__(f"{record} is being written by another process (waited {seconds:g} s); run the command again when it is done.")


class RecordReadOnly(RecordError):
    """The file or its folder may not be written."""

    code = "record-read-only"

    def __init__(self, record: object) -> None:
        super().__init__(f"{record} cannot be written: it or its folder is read-only; change permissions, or name another with --record.")


class RecordTooNew(RecordError):
    """The record was made by a later version of Communique."""

    code = "record-too-new"

    def __init__(self, record: object, found: object, known: object) -> None:
        super().__init__(f"{record} was written by a newer Communique (schema {found}; this one knows {known}); upgrade, or open another.")


class RecordFull(RecordError):
    """The disk has no room; everything finished before is kept."""

    code = "record-full"

    def __init__(self, record: object) -> None:
        super().__init__(f"no room left on the disk of {record}; what was finished is kept: free some space and run the command again.")


class RecordDamaged(RecordError):
    """The file is a record, and parts of it cannot be read."""

    code = "record-damaged"

    def __init__(self, record: object, why: str) -> None:
        super().__init__(f"{record} is damaged ({why}); restore it from a copy, or add its statements to a new record.")


class NotARecord(RecordError):
    """A file that is something else."""

    code = "not-a-record"

    def __init__(self, record: object) -> None:
        super().__init__(f"{record} is not a Communique record; name another file with --record.")


class NoRecord(RecordError):
    """Nothing has been added there yet."""

    code = "no-record"

    def __init__(self, record: object) -> None:
        super().__init__(f"{record}: no such record; `communique add PATH...` makes one, --record names another.")


class NoFolder(RecordError):
    """The folder that a new record would stand in is not there."""

    code = "no-folder"

    def __init__(self, record: object, folder: object) -> None:
        super().__init__(f"{record}: the record cannot be made, {folder} is no folder; make the folder, or name another with --record.")


class ReaderError(CommuniqueError):
    """No reader of that name, or it does not load."""

    code = "reader"

    def __init__(self, name: str, known: Iterable[str], why: str = "") -> None:
        detail = f" ({why})" if why else ""
        super().__init__(f"no usable reader {name!r}{detail}; known readers: {', '.join(sorted(known))}.")


class MissingExtra(CommuniqueError):
    """An optional part that is not installed."""

    code = "missing-extra"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part: pip install 'communique[{extra}]'.")
