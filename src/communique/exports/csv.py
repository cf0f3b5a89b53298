"""CSV: one file a kind with a stable order of columns, a README and a ``datapackage.json`` that say what each column holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from communique.exports import Tables, put
from communique.render import csv, json
from communique.render.columns import AGREEMENT, ASSERTION, FIGURE, JUDGEMENT, PROBLEM, RELATION, STATEMENT

COLUMNS: dict[str, Mapping[str, str]] = {
    "statements": STATEMENT,
    "assertions": ASSERTION,
    "figures": FIGURE,
    "agreements": AGREEMENT,
    "relations": RELATION,
    "judgements": JUDGEMENT,
    "problems": PROBLEM,
}
_ABOUT = """# Export of a Communique record

UTF-8, comma-separated, one header line. Lists are joined with `; `. A text that a spreadsheet would run as a formula
(it begins with `=`, `+`, `-` or `@`) has an apostrophe before it. Offsets count Unicode code points in the statement's
text, end exclusive; the texts themselves are in the `jsonl` export.
"""


def write(tables: Tables, folder: Path) -> list[Path]:
    """``statements.csv``, ``assertions.csv`` and so on, ``README.md`` and ``datapackage.json``."""
    named = [name for name in tables if name in COLUMNS]
    files = [put(folder / f"{name}.csv", csv.table(list(COLUMNS[name]), tables[name]())) for name in named]
    return [*files, put(folder / "README.md", _readme(named)), put(folder / "datapackage.json", [json.pretty(_package(named)) + "\n"])]


def _readme(named: list[str]) -> Iterator[str]:
    yield _ABOUT
    for name in named:
        yield f"\n## {name}.csv\n\n| column | holds |\n| --- | --- |\n"
        yield from (f"| {column} | {meaning} |\n" for column, meaning in COLUMNS[name].items())


def _package(named: list[str]) -> dict[str, object]:
    def resource(name: str) -> dict[str, object]:
        fields = [{"name": column, "description": meaning} for column, meaning in COLUMNS[name].items()]
        return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": {"fields": fields}}

    return {"name": "communique-record", "profile": "tabular-data-package", "resources": [resource(name) for name in named]}
