import re
from html.parser import HTMLParser

from communique.render import html
from communique.reports.review import review
from tests.marking import marked

HOSTILE = '<script>alert(1)</script> & "quotes" <img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    """Every tag and attribute of a page, and tags left open."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(words: str) -> tuple[str, Tags]:
    text = f"Kenya opposes {words} everywhere."
    one = marked("ke-1", "2021-05-01", f"Ministry {HOSTILE}", text, side="KEN", speaker=HOSTILE, title=HOSTILE)
    one.says(f"opposes {words}", "position REJECT economy-trade", "KEN")
    told = html.review(review("KEN", 2021, one.kept, [one.statement]))
    tags = Tags()
    tags.feed(told)
    return told, tags


def test_no_text_of_a_statement_becomes_markup() -> None:
    told, tags = page(HOSTILE)
    assert "script" not in tags.tags
    assert "img" not in tags.tags
    assert "&lt;script&gt;" in told


def test_the_page_is_complete_in_itself_and_well_formed() -> None:
    told, tags = page("the tax")
    assert tags.open == []
    assert all(link.startswith("#") for link in tags.links)
    assert not re.search(r"https?:|@import|url\(", told)


def test_every_note_mark_leads_to_a_note_and_back() -> None:
    _, tags = page("the tax")
    assert {link[1:] for link in tags.links} <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))
