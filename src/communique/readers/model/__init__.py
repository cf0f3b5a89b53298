"""The shipped reader: ``ModelReader``.  Nothing heavy is imported before one is made."""

from communique.readers.model.reader import ModelReader

__all__ = ["ModelReader"]
