"""The settings in force, to look at: they are given when the record is opened, and nothing here changes them."""

from __future__ import annotations

from dataclasses import fields
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request, Response

from communique.web.access import Access, Reader, record_of
from communique.web.pages.shown import page

router = APIRouter(dependencies=[Reader])


def in_force(request: Request) -> dict[str, Any]:
    """Version, settings and the asking account; which record it is, and who has a token, to an admin alone."""
    access: Access = request.app.state.access
    record, account = record_of(request), access.account(request)
    role = account.role if account else "reader"
    shown = [
        {
            "name": f"{part.name}.{each.name}",
            "value": getattr(getattr(record.settings, part.name), each.name),
            "help": each.metadata.get("help", ""),
        }
        for part in fields(record.settings)
        for each in fields(getattr(record.settings, part.name))
    ]
    admin = role == "admin"
    tokens = [{"name": each.name, "role": each.role} for each in access.tokens.accounts()] if access.tokens and admin else []
    told = {"version": version("communique"), "record": record.target if admin else None}
    return told | {"account": account.name if account else "", "role": role, "settings": shown, "accounts": tokens}


@router.get("/settings")
def settings(request: Request) -> Response:
    """The settings in force."""
    return page(request, "settings.html", "Settings", twin="/api/settings", shown=in_force(request))
