"""The application: routes, headers, entity tags, faults; and the server that runs it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from communique.service import Record
from communique.web import api, faults, overview, pages
from communique.web.access import Access, guard

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONGEST = 64 << 20  # bytes in a request
AT_ONCE = 8  # answers; on two cores 40 at once cost an eighth more processor time each, and the slowest took twice as long
Next = Callable[[Request], Awaitable[Response]]


def create(record: Record, access: Access | None = None) -> FastAPI:
    """The desk of an open record, ready for a server or a test client."""
    app = FastAPI(
        title="Communique",
        version=version("communique"),
        summary="The record of diplomacy: every item with its exact words.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        lifespan=_few_at_once,
    )
    app.state.record, app.state.access = record, access or Access()
    faults.install(app)
    app.include_router(api.router)
    app.include_router(overview.router)
    pages.install(app)
    app.mount("/static", StaticFiles(directory=str(files("communique.web") / "static")), "static")
    app.middleware("http")(_around)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    return app


@asynccontextmanager
async def _few_at_once(_: FastAPI) -> AsyncIterator[None]:
    """Bounds how many answers are made at once: more only wait for each other, and for connections that have read nothing yet."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


async def _around(request: Request, call_next: Next) -> Response:
    """What holds for every answer: guarded first, then tagged and given its headers."""
    try:
        guard(request)
        if int(request.headers.get("content-length") or 0) > LONGEST:
            raise faults.Refused(413, "too-long", f"At most {LONGEST >> 20} MiB in one request; add longer files with `communique add`.")
    except faults.Refused as fault:
        response: Response = faults.respond(request, fault.status, fault.code, fault.message, fault.headers)
    else:
        response = await call_next(request)
        if request.method == "GET" and response.status_code == 200 and "etag" not in response.headers:
            response = await _tagged(request, response)
    response.headers.update(HEADERS)
    return response


async def _tagged(request: Request, response: Response) -> Response:
    """The answer with an entity tag, or 304 where the client has it already; streams pass as they are."""
    kind = response.headers.get("content-type", "")
    if "ndjson" in kind or "csv" in kind or "plain" in kind:
        return response
    body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    headers |= {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={name: headers[name] for name in ("etag", "cache-control", "vary") if name in headers})
    return Response(body, response.status_code, headers)


def serve(record: Record, *, host: str = "127.0.0.1", port: int = 8000, access: Access | None = None) -> None:
    """Serves the desk until it is stopped."""
    import uvicorn

    desk = create(record, access)
    gc.collect()
    gc.freeze()  # what stays for good is not gone through again: that would hold up one answer in fifty by 0.1 s
    uvicorn.run(desk, host=host, port=port, log_level="warning", server_header=False, access_log=False)
