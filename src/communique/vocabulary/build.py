"""Holds ``states.csv`` against the Unicode CLDR: ``python -m communique.vocabulary.build`` (needs Babel, which reading does not).

Prints a row to fill in for every ISO 3166-1 code the table lacks, and every CLDR name it does not know; nothing is overwritten.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from communique.vocabulary.actors import split, table

NOT_STATES = frozenset("EU EZ UN QO ZZ XA XB AC CP CQ DG EA IC TA".split())  # CLDR's own and reserved codes
WITHDRAWN = frozenset("BUR DDR FXX TMP XKK YMD ZAR".split())
LEFT_OUT = frozenset({"Jersey", "Réunion"})  # words that mean something else far more often


def cldr() -> dict[str, str]:
    """English short names by alpha-3 code, as the CLDR has them."""
    from babel import Locale
    from babel.core import get_global

    three = get_global("territory_aliases")
    names = Locale("en").territories
    two = {alias: codes[0] for alias, codes in three.items() if len(alias) == 3 and alias.isalpha() and len(codes) == 1}
    kept = {alias: code for alias, code in two.items() if code in names and len(code) == 2 and not {code, alias} & (NOT_STATES | WITHDRAWN)}
    return {alias: names[code] for alias, code in kept.items()}


def differences() -> Iterator[str]:
    """One line for each code or name of the CLDR that the table does not have."""
    rows = {row["code"]: row for row in table("states.csv")}
    for code, name in sorted(cldr().items()):
        row = rows.get(code)
        if row is None:
            yield f"{code},{name},,,,,,"
        elif name.replace("’", "'") not in (row["name"], *split(row["others"]), *split(row["former"])) and name not in LEFT_OUT:
            yield f"# {code}: CLDR says {name!r}, the table {row['name']!r}"


def main() -> int:
    """Print the differences; 1 when there are any."""
    found = list(differences())
    print("\n".join(found) or "states.csv has every code and name of the CLDR.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
