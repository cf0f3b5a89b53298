"""How a code reads in a report, and under which heading it stands: a partner state, a region or group, a forum."""

from __future__ import annotations

import re
from functools import cache

from communique.vocabulary.actors import current, table
from communique.vocabulary.publishers import known

# Bodies of one region: their members' tie with the actor is a partnership, not work in a universal forum.
_REGIONAL = frozenset(
    """EU ASEAN AU LAS GCC CELAC PIF CARICOM OAS SADC ECOWAS EAC IGAD SAARC BIMSTEC MERCOSUR SICA COE CIS EAEU CSTO OTS NORDIC AMU UMA
    ECCAS COMESA CEMAC CEN-SAD ALBA UNASUR CAN MSG SPC OECS OIC CPLP OIF CW IORA
    V4 NB8 BENELUX WAEMU UEMOA LCBC G5SAHEL FOCAC GUUAM""".split()
)
_PROPER = frozenset(
    """african arab american latin european asian pacific caribbean nordic baltic islamic muslim balkan western eastern sahel mediterranean
    indo africa asia europe america gulf oceania lusophone francophone americas commonwealth quad""".split()
)
_WORDS = frozenset("can and all per are far tan mar cub mac pan mal sur".split())  # state codes that are English words
_GENERIC = frozenset(
    "grp:some-countries grp:all-countries grp:international-organizations grp:partners grp:international-community".split()
)


def name(code: str) -> str:
    """The English name of a code; a loose group in words, its proper adjectives capital."""
    return _group(code) if code.startswith("grp:") else current().name(code)


@cache
def _group(code: str) -> str:
    return " ".join(_cased(word) for word in code[4:].replace("-", " ").split())


def _cased(word: str) -> str:
    if word.upper() in current().names or word in {"sids", "ldcs", "us", "uk"}:
        return word.upper() if word not in _WORDS else word
    return word.title() if word in _PROPER else word


def label(code: str) -> str:
    """The name as a heading."""
    told = name(code)
    return told[:1].upper() + told[1:]


@cache
def states() -> frozenset[str]:
    """Codes of states and territories."""
    return frozenset(row["code"] for row in table("states.csv"))


@cache
def publisher(code: str) -> str:
    """The name of a publisher that the vocabulary knows by a code; any other as it is."""
    found = known(code)
    return found.name if found else code


def members(code: str) -> tuple[str, ...]:
    """The members of a small body, by code."""
    return current().members.get(code, ())


# Territories of a state by ISO 3166: no partners of that state.
_TERRITORIES = {
    "CHN": "HKG MAC",
    "USA": "PRI GUM VIR ASM MNP UMI",
    "GBR": "BMU CYM GIB FLK MSR TCA VGB AIA SHN IMN JEY GGY PCN",
    "FRA": "PYF NCL GUF GLP MTQ REU MYT SPM WLF BLM MAF ATF",
    "NLD": "ABW CUW SXM BES",
    "DNK": "GRL FRO",
    "AUS": "NFK CXR CCK HMD",
    "NOR": "SJM BVT",
    "FIN": "ALA",
    "NZL": "TKL",
}


def at_home(code: str, actor: str) -> bool:
    """Whether a code is a territory of the actor itself."""
    return code in _TERRITORIES.get(actor, "").split()


def heading(code: str) -> str:
    """``partner`` for a state, ``region`` for a regional body or a group of states, ``forum`` for a universal body, else ``other``."""
    if code in states():
        return "partner"
    if code in _GENERIC:
        return "other"
    if code in _REGIONAL or code.startswith("grp:"):
        return "region"
    return "other" if code.startswith("org:") and not re.search(r"Forum|Summit|Group|Conference|Council|Commission", code) else "forum"
