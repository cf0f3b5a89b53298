"""The pages: server-rendered, readable without JavaScript; each names its JSON twin.

One file a group of pages; each page reads the request, calls one method of ``Record``, and renders a template.
"""

from __future__ import annotations

from fastapi import FastAPI

from communique.web.pages import actors, board, engagements, home, judging, listings, reports, search, series, settings, statements, world
from communique.web.pages.shown import fault_page


def install(app: FastAPI) -> None:
    """Adds every page to the application, and the page that shows a fault."""
    app.state.fault_page = fault_page
    for group in (home, actors, board, engagements, judging, statements, listings, search, reports, series, settings, world):
        app.include_router(group.router, include_in_schema=False)
