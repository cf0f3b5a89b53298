"""Which assertions are promises to follow: commitments, and announcements that a reader files under what is being done.

"Announced 200 million euros for", "is establishing a joint office", "our goal of training 500 nurses": pledged is not paid, launched is
not run.  Whoever follows promises wants to know what became of these as well.
"""

from __future__ import annotations

import re

from communique.records import Act, Assertion, Kept
from communique.stages.follow.loose import is_loose

__all__ = ["promises"]

_GIVING = r"provid|donat|contribut|commit|invest|allocat|giv|send|fund|financ|launch|establish|creat|open|set|form|sign|enter|"
r"join|expand|increas|build|host|conven|start"
_UNDERWAY = re.compile(rf"\b(?:is|are|’re|'re|am|’m)\s+(?:also\s+|now\s+|today\s+)?(?:{_GIVING})\w*ing\b", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:announc\w+|pledg\w+|committ?(?:ed|ing|s)\b|commitments?|promis\w+|undertook|unveil\w+|agreement was reached|agreed|"
    r"goals? (?:of|to)|aims? (?:to|of)|decided (?:to|on)|determined to|propos\w+|"
    r"set to|to be (?:held|hosted|co-hosted|launched|opened|signed|established)|initiated|begin|will)\b",
    re.IGNORECASE,
)
_OWED = re.compile(r"\b(?:decided (?:to|on)|agreed (?:to|on)|committed to)\b", re.IGNORECASE)
_GOING_ON = re.compile(r"\s*(?:we are |is |are )?(?:working (?:together|to|with)|launching|increasing|expanding)\b", re.IGNORECASE)
_WILLING = re.compile(r"\b(?:will|propos\w+)\b", re.IGNORECASE)


def promises(kept: Kept) -> bool:
    """Whether an item starts a thread."""
    item = kept.item
    if not isinstance(item, Assertion) or is_loose(kept):
        return False
    if item.act is Act.COMMITMENT:
        return True
    if item.act is Act.APPEAL:
        return bool(_WILLING.search(item.quote))
    if item.act is Act.OUTCOME and (_OWED.search(item.quote) or _GOING_ON.match(item.quote)):
        return True
    return bool(_UNDERWAY.search(item.quote) or _ANNOUNCED.search(item.quote)) and (item.specific or item.act is Act.POSITION)
