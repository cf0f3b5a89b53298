"""Who may do what.  On this machine alone, everything; served beyond it, what a token's role allows.

Roles are ``reader`` < ``judge`` < ``admin``.  A token is 256 random bits, shown once when it is made; the file keeps
its SHA-256 alone.  There is no password and no default token: without a token file the desk refuses to be served
beyond this machine.  Requests that change something must come from the desk's own pages or carry the token in a header.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, cast

from fastapi import Depends, Request
from platformdirs import user_config_path

from communique.service import Record
from communique.web.faults import Refused

Role = Literal["reader", "judge", "admin"]
ROLES: tuple[Role, ...] = ("reader", "judge", "admin")
COOKIE = "communique-token"
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the desk knows them."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this role covers another."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Tokens:
    """The token file: names, roles and hashes."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_config_path("communique", appauthor=False) / "tokens.json"

    def _load(self) -> dict[str, dict[str, str]]:
        return cast("dict[str, dict[str, str]]", json.loads(self.path.read_text("utf-8"))) if self.path.exists() else {}

    def _save(self, kept: dict[str, dict[str, str]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(kept, out, indent=1, sort_keys=True)
        draft.replace(self.path)

    def add(self, name: str, role: Role) -> str:
        """A new token for a name, in place of any it had; the only time it is seen."""
        token = secrets.token_urlsafe(32)
        self._save(self._load() | {name: {"role": role, "sha256": sha256(token.encode()).hexdigest()}})
        return token

    def drop(self, name: str) -> bool:
        """Takes a name's token away; whether it had one."""
        kept = self._load()
        had = kept.pop(name, None) is not None
        self._save(kept)
        return had

    def accounts(self) -> list[Account]:
        """The names and their roles."""
        return [Account(name, cast("Role", each["role"])) for name, each in sorted(self._load().items())]

    def account(self, token: str) -> Account | None:
        """Whose token it is."""
        given = sha256(token.encode()).hexdigest()
        found = [(name, each) for name, each in self._load().items() if hmac.compare_digest(each["sha256"], given)]
        return Account(found[0][0], cast("Role", found[0][1]["role"])) if found else None


@dataclass
class Bucket:
    """A client's allowance: so many requests at once, refilled at so many a second."""

    size: float
    rate: float
    left: dict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, client: str, now: float | None = None) -> bool:
        """Whether the client may make one more request."""
        at = time.monotonic() if now is None else now
        left, since = self.left.pop(client, (self.size, at))
        left = min(self.size, left + (at - since) * self.rate)
        self.left[client] = (left - 1 if left >= 1 else left, at)
        if len(self.left) > 10_000:
            self.left.pop(next(iter(self.left)))
        return left >= 1


@dataclass
class Access:
    """How this desk lets people in."""

    tokens: Tokens | None = None  # none: this machine alone, everything allowed
    hosts: frozenset[str] = LOCAL
    requests: Bucket = field(default_factory=lambda: Bucket(240, 20))
    attempts: Bucket = field(default_factory=lambda: Bucket(10, 0.2))

    def account(self, request: Request) -> Account | None:
        """Who is asking; ``None`` without a token that is known."""
        if self.tokens is None:
            return Account("", "admin")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        token = given if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
        return self.tokens.account(token) if token else None


def record_of(request: Request) -> Record:
    """The open record that the application serves."""
    return cast(Record, request.app.state.record)


def _access(request: Request) -> Access:
    return cast(Access, request.app.state.access)


def client(request: Request) -> str:
    """The address a request came from."""
    return request.client.host if request.client else ""


def guard(request: Request) -> None:
    """Refuses requests for another host, from another site, or too many; run before everything else."""
    access = _access(request)
    if access.tokens is None and request.headers.get("host", "localhost").rsplit(":", 1)[0].lower() not in access.hosts:
        raise Refused(403, "wrong-host", "This desk answers on this machine only; open it by its own address.")
    if access.tokens is not None and not access.requests.take(client(request)):
        raise Refused(429, "too-many-requests", "Too many requests; wait a few seconds.", {"Retry-After": "5"})
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _same_site(request):
        raise Refused(403, "cross-site", "A change must come from the desk's own pages, or carry its token in a header.")


def _same_site(request: Request) -> bool:
    if request.headers.get("authorization", "").lower().startswith("bearer "):
        return True
    origin = request.headers.get("origin")
    if origin is not None:
        return origin.split("://")[-1] == request.headers.get("host")
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _needs(role: Role):  # type: ignore[no-untyped-def]
    def need(request: Request) -> str:
        access = _access(request)
        account = access.account(request)
        if account is None:
            if not access.attempts.take(client(request)):
                raise Refused(429, "too-many-requests", "Too many attempts; wait a minute.", {"Retry-After": "60"})
            raise Refused(
                401, "token-needed", "This desk needs a token: `communique token add NAME` makes one.", {"WWW-Authenticate": "Bearer"}
            )
        if not account.may(role):
            raise Refused(403, "not-allowed", f"{account.name} is a {account.role}; this needs a {role}.")
        return account.name

    return need


Reader = Depends(_needs("reader"))
Judge = Depends(_needs("judge"))
Admin = Depends(_needs("admin"))
By = Annotated[str, Judge]
