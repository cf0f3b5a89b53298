"""One shape for every fault: RFC 9457 problem details, with the ``error`` object of the interface inside."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from communique import errors

STATUS: dict[type[errors.CommuniqueError], int] = {
    errors.NoSuchItem: 404,
    errors.JudgedMeanwhile: 409,
    errors.InputError: 400,
    errors.RecordLocked: 503,
    errors.RecordReadOnly: 403,
    errors.RecordFull: 507,
    errors.MissingExtra: 501,
}


class Refused(Exception):
    """A request that may not be made, or not now."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


def respond(request: Request, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    """A fault as JSON under ``/api``, as a page elsewhere."""
    if request.url.path.startswith("/api"):
        return answer(status, code, message, headers)
    shown: Response = request.app.state.fault_page(request, status, code, message)
    shown.headers.update(headers or {})
    return shown


def answer(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A fault as JSON."""
    body = {
        "type": f"about:blank#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "error": {"code": code, "message": message},
    }
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def status_of(fault: errors.CommuniqueError) -> int:
    """The HTTP status of an exception of ours: that of its nearest class in the table."""
    return next((STATUS[kind] for kind in type(fault).__mro__ if kind in STATUS), 500)


def install(app: FastAPI) -> None:
    """Turns every exception into an answer."""

    @app.exception_handler(errors.CommuniqueError)
    def ours(request: Request, fault: errors.CommuniqueError) -> Response:
        where = str(request.app.state.record.target)  # is nobody's business who asks from elsewhere
        return respond(request, status_of(fault), fault.code, str(fault).replace(where, "the record"))

    @app.exception_handler(Refused)
    def refused(request: Request, fault: Refused) -> Response:
        return respond(request, fault.status, fault.code, fault.message, fault.headers)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, fault: RequestValidationError) -> Response:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("query", "body", "path")) or "the request"
        return respond(request, 400, "bad-request", f"{where}: {first['msg']}.")

    @app.exception_handler(HTTPException)
    def plain(request: Request, fault: HTTPException) -> Response:
        phrase = HTTPStatus(fault.status_code).phrase
        return respond(
            request, fault.status_code, phrase.lower().replace(" ", "-"), f"{phrase}: {request.url.path}", dict(fault.headers or {})
        )
