"""A review as one HTML page: complete in itself, printable, light and dark, no script; every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from communique.reports.values import Block, Group, Line, Note, Report, Review, Section

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2230; --dim: #5d6579; --line: #d5d9e2; --paper: #ffffff; --wash: #f4f6fa; --link: #1b4f9c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9f0; --dim: #9aa3b8; --line: #363d4d; --paper: #14171f; --wash: #1d222d; --link: #8ab4f8; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "Times New Roman", serif; }
h1, h2, h3, th { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; line-height: 1.25; }
h1 { font-size: 1.7rem; margin: 0 0 .6rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
.coverage { color: var(--dim); font-style: italic; } .aside, .more { color: var(--dim); font-size: .9rem; }
.remark { color: var(--dim); } ul { padding-left: 1.2rem; } li { margin: .25rem 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .82rem; color: var(--dim); }
time { white-space: nowrap; }
sup { font-size: .72em; line-height: 0; } sup a { text-decoration: none; padding: 0 .05em; } a { color: var(--link); }
.notes { font-size: .86rem; padding-left: 2.4rem; } .notes li { padding-left: .2rem; } 
.notes li:target, a:target { background: var(--wash); outline: 2px solid var(--line); }
.notes q { quotes: "“" "”"; } code { font-size: .85em; color: var(--dim); overflow-wrap: anywhere; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } tr, li { break-inside: avoid; } a { color: inherit; text-decoration: none; }
}
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def review(value: Review) -> str:
    """The whole page."""
    return _page(value.title, value.coverage.sentences, value.sections, value.notes)


def report(value: Report) -> str:
    """A report without notes, as a page."""
    return _page(value.title, value.sentences, value.sections, ())


def _page(title: str, sentences: tuple[str, ...], sections: tuple[Section, ...], notes: tuple[Note, ...]) -> str:
    body = [f"<h1>{escape(title)}</h1>", f'<p class="coverage">{escape(" ".join(sentences))}</p>']
    cited: set[int] = set()
    for section in sections:
        body += _section(section, cited)
    return _PAGE.format(title=escape(title), style=_STYLE, body="\n".join([*body, *_notes(notes)]))


def _section(value: Section, cited: set[int]) -> Iterator[str]:
    yield f"<section><h2>{value.number}. {escape(value.title)}</h2>"
    for block in value.blocks:
        yield from _block(block, cited)
    if value.empty:
        yield f"<p>{escape(value.empty)}</p>"
    yield "</section>"


def _block(value: Block, cited: set[int]) -> Iterator[str]:
    if value.title:
        yield f"<h3>{escape(value.title)}</h3>"
    if value.opening:
        yield "<p>" + "; ".join(line(each, cited) for each in value.opening) + ".</p>"
    if value.rows:
        head = "".join(f"<th>{escape(name)}</th>" for name in value.head)
        yield f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>'
        for row in value.rows[: value.shown_rows]:
            yield "<tr>" + "".join(f"<td>{_cell(cell, cited)}</td>" for cell in row.cells) + "</tr>"
        yield "</tbody></table></div>"
    if value.groups[: value.shown_groups]:
        yield "<ul>"
        for group in value.groups[: value.shown_groups]:
            yield from _group(group, cited)
        yield "</ul>"
    after = " ".join(part for part in (value.aside, f"And {value.more} more (listed in JSON)." if value.more else "") if part)
    if after:
        yield f'<p class="aside">{escape(after)}</p>'


def _cell(lines: tuple[Line, ...], cited: set[int]) -> str:
    told = ", ".join(line(each, cited) for each in lines if each.text or each.notes)
    return f"<time>{told}</time>" if _DAY.fullmatch(told) else told


def _group(value: Group, cited: set[int]) -> Iterator[str]:
    shown = [line(each, cited) for each in value.lines[: value.shown]]
    more = f'<span class="more">and {value.more} more</span>' if value.more else ""
    if value.label:
        yield f"<li><strong>{escape(value.label)}</strong>: " + "; ".join([*shown, more] if more else shown) + "</li>"
    else:
        yield from (f"<li>{each}</li>" for each in [*shown, more] if each)


def line(value: Line, cited: set[int]) -> str:
    """A line with its remark, and its notes as links; the first mention of a note can be returned to from the note."""
    remark = f' <span class="remark">({escape(value.remark)})</span>' if value.remark else ""
    notes = "".join(_mark(number, cited) for number in value.notes)
    return escape(value.text) + remark + notes


def _mark(number: int, cited: set[int]) -> str:
    place = "" if number in cited else f' id="at-{number}"'
    cited.add(number)
    return f'<sup><a{place} href="#note-{number}">[{number}]</a></sup>'


def _notes(notes: tuple[Note, ...]) -> Iterator[str]:
    shown = [each for each in notes if each.shown]
    if shown:
        yield '<section><h2>Notes</h2><ol class="notes">'
        yield from map(_note, shown)
        yield "</ol></section>"


def _note(value: Note) -> str:
    where = f"{value.publisher or value.title or value.doc}, {value.date or 'undated'}"
    said = f" ({escape(value.said)})" if value.said else ""
    judged = f" · {escape(value.judged)}" if value.judged else ""
    quote = escape(" ".join(value.quote.split()))
    place = f"<code>{escape(value.doc)}:{value.start}-{value.end}</code>"
    back = f'<a href="#at-{value.number}" title="back to the line">↑</a>'
    return f'<li id="note-{value.number}" value="{value.number}">{escape(where)}, <q>{quote}</q>{said} · {place}{judged} {back}</li>'
