"""Communique keeps the record of diplomacy: what was done, promised, held and asked, in the exact words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.service import Record, open, read

__all__ = ["Record", "open", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The public names, loaded when first used: importing one module of ours does not load them all."""
    if name in __all__:
        from communique import service

        return getattr(service, name)
    raise AttributeError(f"module 'communique' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
