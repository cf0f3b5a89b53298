"""Schemathesis over the OpenAPI description: no answer of 500, none that the description does not name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

import communique
from communique.web import api, create, overview

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=15, deadline=None, derandomize=True, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)
ROUTES = [(route.path, method) for route in (*api.router.routes, *overview.router.routes) for method in sorted(route.methods)]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def schema(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.schemas.BaseSchema]:
    """The API of a copy of the record, so that what is added here is seen by no other test."""
    copy = tmp_path_factory.mktemp("schema") / "record.db"
    copy.write_bytes(filled.read_bytes())
    with communique.open(copy) as record:
        yield schemathesis.openapi.from_asgi("/api/openapi.json", create(record))


@pytest.mark.parametrize(("path", "method"), ROUTES)
def test_no_answer_is_undocumented(schema: schemathesis.schemas.BaseSchema, record: communique.Record, path: str, method: str) -> None:
    described = path.replace(":path}", "}")
    known = next(iter(record.statements())).id if "statements" in path else next(iter(record.commitments())).id

    @BOUNDED
    @given(case=schema[described][method].as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)
        if "id" in case.path_parameters:
            case.path_parameters["id"] = known
            case.call_and_validate(checks=CHECKS)

    holds()
