"""Imports point down, never sideways between stages: the table of CONTRIBUTING.md, held against the code."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "communique"

# What each room may import of ours, besides itself.  A room that is not here fails the test.
BASE = {"records", "errors"}
WORDS = BASE | {"settings", "shapes", "vocabulary", "language"}
READING = WORDS | {"stages", "formats"}
MAY = {
    "records": set(),
    "errors": set(),
    "settings": BASE,
    "shapes": BASE,
    "vocabulary": BASE | {"settings"},
    "language": BASE | {"settings", "vocabulary"},
    "stages": WORDS,
    "formats": WORDS,
    "readers": READING,
    "pipeline": READING | {"readers", "engines"},
    "engines": READING | {"readers", "pipeline"},
    "reports": WORDS | {"stages"},  # the values that following makes
    "store": WORDS,
    "render": WORDS | {"reports"},
    "exports": WORDS | {"render"},  # CSV cells and column names are one for listings and exports
    "service": READING | {"readers", "pipeline", "engines", "reports", "store", "exports", "render"},
    "cli": WORDS | {"service", "render", "readers", "reports", "web", "engines"},  # `read` needs no record, so it loads none
    "web": WORDS | {"service", "render", "reports"},
    "__init__": {"service", "records", "errors", "settings"},
    "__main__": {"cli"},
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py"))


def imported(path: Path) -> set[tuple[str, ...]]:
    """Our modules that a file imports, as parts below ``communique``; type-checking imports count too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "communique" else [node.module]
        found |= {tuple(name.split(".")[1:]) for name in names if name.startswith("communique.")}
    return {parts for parts in found if parts}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_down(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert room in MAY, f"say in the table what {room} may import"
    assert not sorted(".".join(parts) for parts in imported(path) if parts[0] not in MAY[room] | {room})


def test_no_stage_imports_another() -> None:
    wrong = []
    for path in (SOURCE / "stages").rglob("*.py"):
        own = path.relative_to(SOURCE / "stages").parts[0].removesuffix(".py")
        wrong += [f"{own} imports {'.'.join(parts)}" for parts in imported(path) if parts[0] == "stages" and parts[1:2] != (own,)]
    assert not wrong


def test_base_rooms_need_nothing_but_the_standard_library() -> None:
    for name in ("records.py", "errors.py"):
        tree = ast.parse((SOURCE / name).read_text("utf-8"))
        roots = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        assert roots <= {"__future__", "dataclasses", "enum", "functools", "hashlib", "typing", "collections"}
