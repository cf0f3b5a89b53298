"""The table of officials, ready to be asked by full name and by surname."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language.folding import fold
from communique.vocabulary.officials import Official, officials

FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "SGP", "MMR"})
SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV", "VI", "XIV", "Dr"})


@dataclass(frozen=True, slots=True)
class Known:
    """Every term of office by folded name."""

    terms: dict[str, tuple[Official, ...]]  # by full name and by surname
    spellings: tuple[str, ...]
    automaton: AhoCorasick
    alone: frozenset[str]  # surnames that need no introduction

    def side(self, name: str, date: str | None, near: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The side of a full name or surname; of several bearers, of the one in office at ``date``, needing no introduction or ``near``.

        A name of several words is found by one of them only where it shares another with the bearer: any Rodriguez is not Bruno.
        A surname alone is nobody's who was not in office then.
        """
        words = name.split()
        terms = self.terms.get(name) or next((self.terms[form] for form in reversed(words) if form in self.terms), ())
        if name not in self.terms and len(words) > 1:
            terms = tuple(term for term in terms if len(set(words) & set(fold(term.name).split())) > 1)
        serving = tuple(term for term in terms if term.serves(date)) if date else terms
        if len(words) == 1 or len({term.code for term in terms}) > 1:
            terms = serving or tuple(term for term in terms if term.alone)
        for chosen in (terms, [term for term in terms if term.alone], [term for term in terms if term.code in near]):
            if len({term.code for term in chosen}) == 1:
                return (chosen[0].code,)
        return ()

    def present(self, folded: str) -> list[str]:
        """Every full name of the table that stands in a text."""
        return list(dict.fromkeys(self.spellings[number] for number, _, _ in self.automaton.find_matches_as_indexes(folded)))


@cache
def known() -> Known:
    """The table, built once."""
    terms: dict[str, list[Official]] = {}
    for term in officials():
        for spelling in map(fold, (term.name, *term.others)):
            for form in dict.fromkeys((spelling, *surnames(spelling, (term.code,)))):
                terms.setdefault(form, []).append(term)
    spellings = tuple(form for form in terms if " " in form)
    automaton = AhoCorasick(spellings, matchkind=MatchKind.LeftmostLongest)
    enough = [(fold(name), term.code) for term in officials() if term.alone for name in (term.name, *term.others)]
    alone = (form for name, code in enough for form in surnames(name, (code,)))
    return Known({form: tuple(held) for form, held in terms.items()}, spellings, automaton, frozenset(alone))


@cache
def chief(code: str) -> str:
    """The title, in small letters, of the one who speaks for a state: the office of its first row; "" where the table has none."""
    return next((term.office.lower() for term in officials() if term.code == code), "")


def surnames(name: str, codes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The part of a name that stands alone later: the last, or the first where families come first."""
    parts = [part for part in name.split() if part.rstrip(".,") not in SUFFIXES]
    if len(parts) < 2:
        return ()
    return (parts[0],) if codes and codes[0] in FAMILY_FIRST else (parts[-1],)
