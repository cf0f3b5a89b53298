"""A person's word above the machine's: links and verdicts as the latest judgement left them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.records import Judgement, Label, Link, Thread, Verdict
from communique.stages.follow.verdict import concluded

__all__ = ["standing"]


def standing(thread: Thread, judgements: Sequence[Judgement]) -> Thread:
    """The thread with what was decided about it and its links by its date; a rejected link is kept as ``unrelated``."""
    last = thread.as_of + "~"  # sorts after any time of that day
    mine: dict[str, list[Judgement]] = {}
    for each in sorted(judgements, key=lambda one: one.at):
        if (each.about == thread.id or each.about.startswith(thread.id + ">")) and each.at[: len(thread.as_of)] <= last:
            kept = mine.setdefault(each.about, [])
            if each.decision == "undo":
                del kept[-1:]
            else:
                kept.append(each)
    links = tuple(_link(link, mine.get(f"{thread.id}>{link.item}", [])) for link in thread.links)
    verdict, rule = (thread.verdict, thread.rule) if links == thread.links else concluded(links)
    for each in mine.get(thread.id, []):
        if each.decision in set(Verdict):
            verdict, rule = Verdict(each.decision), f"marked by {each.by}"
    return replace(thread, links=links, verdict=verdict, rule=rule)


def _link(link: Link, mine: Sequence[Judgement]) -> Link:
    if not mine:
        return link
    last = mine[-1]
    if last.decision == "reject":
        return replace(link, label=Label.UNRELATED, confidence=1.0, rule=f"marked by {last.by}")
    if last.decision in set(Label):
        return replace(link, label=Label(last.decision), confidence=1.0, rule=f"marked by {last.by}")
    return replace(link, confidence=1.0, rule=f"{link.rule}, confirmed by {last.by}")
