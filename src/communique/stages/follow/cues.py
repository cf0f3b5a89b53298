"""What the wording of a quote says about its time and deed: ahead, done, going on; said again, called off; begun, given, kept up."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["CUES", "DEEDS", "cues", "deed_of", "has"]

_OPENED = (
    r"launch|establish|creat|found(?:ed|ing)|set(?:ting)? up|inaugurat|open(?:s|ed|ing)?\b|stand(?:ing)? up|form(?:ed|ing)?\b|"
    r"initiat(?:ed|ing|e)\b|introduc|unveil"
)
_MET = r"host|held|hold|conven|met\b|meet|visit|travel|attend|participat|gather|join|welcom|summit|conduct|celebrat|mark(?:ed|s|ing)?\b"
_ISSUED = r"sign(?:ed|ing|s)?\b|issu(?:ed|ing|e)\b|releas|publish|adopt|announc|conclud|complet|ratif|submit|present|finali[sz]|reach"
_GAVE = (
    r"provid|contribut|donat|deliver|giv(?:e|en|ing)|gave|send|sent\b|ship|allocat|invest|fund|financ|disburs|obligat|award|grant|"
    r"suppl(?:y|ied)|transfer|authoriz|approv|dispatch|deploy|distribut|purchas|procur|spen[dt]|mobili[sz]|raised?\b"
)
_KEPT_UP = (
    r"continu|strengthen|deepen|enhanc|support|promot|cooperat|coordinat|work(?:ing)? (?:together|with|to|closely)|advanc|expand|"
    r"improv|increas|uphold|maintain|pursu|foster|facilitat|encourag|develop|collaborat|build|address|implement|ensur|boost|help|assist"
)

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "ahead": r"\b(?:will|shall|’ll|'ll|going to|plans?|planning|intends?|intent|intention|look(?:s|ing)? forward|aims?|aiming|seeks?|"
        r"hopes?|ready to|prepared to|determined to|strive|to be (?:held|established|launched|hosted)|upcoming|next|would|goal|target|"
        r"expected|about to|soon|by the end|by 20\d\d|tomorrow)\b",
        "pledge": r"\b(?:commit(?:s|ted|ting|ment|ments)?|pledg\w+|promis\w+|agree[ds]?|decided|undert[oa]\w+|resolve[ds]?|"
        r"reaffirm\w*|reiterat\w*|"
        r"vow\w*|underscor\w+)\b",
        "announce": r"\bannounc\w+|\bunveil\w*|\brequest\w*|\bpropos\w+",
        "done": r"\b(?:has|have|had|’ve|'ve|’s|was|were|did)\b(?!\s+(?:to|committed|pledged|agreed|decided|promised)\b)|"
        r"\w{3,}ed\b(?!\s+to\b)|"
        r"\b(?:held|met|gave|sent|built|began|brought|led|took|grew|made|won|done|became|saw|set up|underway|under way)\b",
        "perfect": r"\b(?:has|have|’ve|'ve)\s+(?:also\s+|already\s+|now\s+|successfully\s+|collectively\s+|recently\s+|"
        r"been\s+)*\w+(?:ed|en|t|ne|de|ld|un)\b",
        "doing": r"\b(?:is|are|’re|'re|’m|am|be|been)\s+(?:\w+ly\s+|also\s+|now\s+|already\s+)?\w+ing\b|\bcontinues? to\b|\bon "
        r"track\b|\bunder ?way\b|"
        r"\bcurrently\b|\bnow\b|\bprogress\b",
        "welcome": r"\b(?:welcom|applaud|commend|congratulat|celebrat|hail|proud|thank|prais|recogni[sz]|acknowledg|glad|pleased|"
        r"honou?r)\w*",
        "complete": r"\b(?:successful\w*|complet\w+|fulfil\w*|final\w*|delivered|achiev\w+|accomplish\w*|inaugural|first|launched|"
        r"established|created|"
        r"signed|concluded|hosted|held|convened|met|issued|released|opened|inaugurated|adopted|ratified|entered into force|joined)\b",
        "again": r"\b(?:again|reaffirm\w*|reiterat\w*|continue to|remains?|recall\w*|as promised|promised|still)\b",
        "called_off": r"\b(?:cancel\w*|postpon\w*|withdr[ae]w\w*|suspend\w*|abandon\w*|revers\w+|revok\w+|rescind\w*|terminat\w*|no longer|"
        r"called off|scrap\w*|repeal\w*|halt\w*|change of (?:plan|location|venue)|change in plans|pull(?:ed|ing)? out|break\w* "
        r"off|reneg\w+|"
        r"back(?:ed)? out|relocat\w+|instead of|in place of|replac\w+|cut off|froze|freez\w+|fail\w* to|refus\w+)\b",
        "asks": r"\b(?:call(?:s|ed|ing)? (?:on|upon|for)|urg\w+|should|must|need to|encourag\w+|appeal\w*|ask\w*|invit\w+|let us)\b",
        "not": r"\b(?:not|never|n’t|n't|no)\b|n[’']t\b",
        "opened": rf"\b(?:{_OPENED})",
        "met": rf"\b(?:{_MET})",
        "issued": rf"\b(?:{_ISSUED})",
        "gave": rf"\b(?:{_GAVE})",
        "kept_up": rf"\b(?:{_KEPT_UP})",
        "helping": r"\b(?:support|assist|help|aid\b|relief|fund|financ)",
        "money": r"[$€£¥]|\b(?:dollars?|euros?|yuan|RMB|USD|EUR|funding|loan|grant)\b",
        "other": r"\b(?:another|second|third|fourth|fifth|additional|further|next|new|other|more)\b",
        "total": r"\b(?:total|so far|to date|since|over the (?:last|past)|cumulative\w*|altogether|overall|already)\b",
        "more": r"\b(?:another|additional\w*|other|further)\b",
        "past_year": r"\b(?:last|previous|earlier this) (?:year|month|week|summer|fall|spring)\b|\b(?:ago|since)\b",
    }.items()
}
DEEDS = ("opened", "met", "issued", "gave", "kept_up")
_BIT = {name: 1 << place for place, name in enumerate(CUES)}
_LOOKS_ON = "done"  # asks what comes after a word as well, so that no word is enough for it
# Of the cues that are not single words all, what one of their words holds: where no word of a quote does, the whole is not looked at.
_NEEDED = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "ahead": r"going|forward|ready|prepared|determined|\bbe\b|about|\bend\b|\b20\d\d",
        "done": r"\b(?:set|under)\b|" + CUES["done"].pattern,
        "perfect": r"\b(?:has|have|’ve|'ve)\b",
        "doing": r"\b(?:is|are|’re|'re|’m|am|be|been|continues?|track|under)\b",
        "complete": r"\bforce\b",
        "again": r"\bcontinue\b",
        "called_off": r"longer|\boff\b|\bchange\b|\bout\b|instead|place|\bfail",
        "asks": r"\bcall|\bneed\b|\blet\b",
        "opened": r"\bset|\bstand",
        "kept_up": r"\bwork",
        "total": r"\bfar\b|\bdate\b|\bover\b",
        "past_year": r"\b(?:last|previous|earlier)\b",
    }.items()
}
_OPENED_BY = tuple((_BIT[name] << len(CUES), _BIT[name], CUES[name]) for name in _NEEDED)


@lru_cache(maxsize=4096)
def cues(quote: str) -> int:
    """The cues of a quote, a bit each."""
    mask = 0
    for word in quote.split():
        mask |= _of_word(word)
    for opened, bit, pattern in _OPENED_BY:
        if mask & opened and not mask & bit and pattern.search(quote):
            mask |= bit
    return mask & (1 << len(CUES)) - 1


@lru_cache(maxsize=400_000)
def _of_word(word: str) -> int:
    """The cues that a single word is enough for; above them those that it can be a part of."""
    sure = sum(bit for name, bit in _BIT.items() if name != _LOOKS_ON and CUES[name].search(word))
    return sure | sum(_BIT[name] << len(CUES) for name, pattern in _NEEDED.items() if pattern.search(word))


def has(mask: int, name: str) -> bool:
    """Whether a mask from ``cues`` holds a cue."""
    return bool(mask & _BIT[name])


@lru_cache(maxsize=200_000)
def deed_of(verb: str) -> int:
    """The class of a verb stem, as a place in ``DEEDS``; -1 for none of them."""
    return next((place for place, name in enumerate(DEEDS) if CUES[name].match(verb)), -1)
