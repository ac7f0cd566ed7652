"""Is the REST API as its description says? (Real requests, made up by schemathesis.)"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, settings
from schemathesis import CheckContext, GenerationMode, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import missing_required_header

from jupyter_namespace_viz.protocol import codec
from jupyter_namespace_viz.protocol.rest import REQUESTS
from tests.cli.live.conftest import write
from tests.running_server import RunningServer

OPENAPI = Path(codec.__file__).with_name("openapi.json")

# What a schema cannot say `is_refused_for_what_no_schema_says` does.
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": [200, 400, 404]}}}

described = schemathesis.openapi.from_path(OPENAPI, config=SchemathesisConfig.from_dict(CONFIG))
allowed = schemathesis.openapi.from_path(
    OPENAPI, config=SchemathesisConfig.from_dict({**CONFIG, "generation": {"mode": "positive"}})
)

MEANINGLESS = re.compile(
    r"\$\.cells: The cell id .* occurs twice\.|\$\.target: there is no cell .*\."
    r"|There is no tool .*",
    re.DOTALL,
)


def is_refused_for_what_no_schema_says(
    context: CheckContext, response: Response, case: schemathesis.Case
) -> None:
    """A body that the schema allows is refused only for ids that do not fit together."""
    is_allowed = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if is_allowed and response.status_code == 400:
        message = response.json()["message"]
        assert MEANINGLESS.fullmatch(message), message


def check(case: schemathesis.Case, server: RunningServer) -> Response:
    return case.call_and_validate(
        base_url=server.url + "jupyter-namespace-viz/api",
        headers={"Authorization": f"token {server.token}"},
        additional_checks=[is_refused_for_what_no_schema_says],
        excluded_checks=[missing_required_header],  # Jupyter answers 403, and this expects 401
    )


@described.parametrize()
@settings(max_examples=40, derandomize=True, deadline=None)
def test_whatever_is_sent_is_answered_as_described(
    case: schemathesis.Case, server: RunningServer
) -> None:
    check(case, server)


@pytest.fixture(scope="module")
def kernel_id(server: RunningServer) -> str:
    write(server.root / "described.ipynb", "a = 1")
    return server.open("described.ipynb")


@allowed.parametrize()
@settings(max_examples=40, derandomize=True, deadline=None, phases=[Phase.generate])
def test_what_fits_together_is_answered(
    case: schemathesis.Case, server: RunningServer, kernel_id: str
) -> None:
    """The same made-up cells, of a kernel that runs, and with ids that are there once."""
    body: Any = case.body
    known = {"kernel_id": kernel_id, "tool": "namespace_imports"}
    for name in case.path_parameters:
        case.path_parameters[name] = known[name]
    if isinstance(body, dict) and "arguments" in body:
        body["arguments"] = {"path": "described.ipynb"}
    elif isinstance(body, dict):
        body["kernel_id"] = kernel_id
        for number, cell in enumerate(body["cells"]):
            cell["id"] = f"{cell['id']} {number}"
        if body.get("target") is not None:
            body["target"] = body["cells"][-1]["id"] if body["cells"] else None
        if body.get("targets") is not None:
            body["targets"] = [cell["id"] for cell in body["cells"]]
    assert check(case, server).status_code == 200


def test_the_description_is_served(server: RunningServer) -> None:
    answer = server.ask("jupyter-namespace-viz/api/openapi.json")
    assert answer == json.loads(OPENAPI.read_text())


def test_every_request_is_described_and_every_route_is_one(jp_serverapp: Any) -> None:
    app = next(iter(jp_serverapp.extension_manager.extension_apps["jupyter_namespace_viz"]))
    routes = [route for route, *_ in app.handlers if route.startswith("/jupyter-namespace-viz/")]
    paths = [request.path.format(kernel_id="k", tool="t") for request in REQUESTS]
    by_path = {
        route: [path for path in paths if re.fullmatch(route, f"/jupyter-namespace-viz/api/{path}")]
        for route in routes
    }
    socket = by_path.pop("/jupyter-namespace-viz/api/notebooks/ws")
    assert socket == []  # which OpenAPI cannot describe
    assert sorted(path for found in by_path.values() for path in found) == sorted(paths)
    assert all(len(found) == 1 for found in by_path.values())
