"""Communique keeps the record of diplomacy: what was done, promised, held and asked, in the exact words."""
