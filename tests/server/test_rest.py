"""What does the REST API answer?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from jupyter_namespace_viz.protocol import codec
from jupyter_namespace_viz.protocol.rest import REQUESTS, Error
from tests.server.conftest import API

CELLS = [
    {"id": "one", "source": "import colorsys as cs"},
    {"id": "two", "source": "cs.rgb_to_hsv(r, 0, 0)"},
]


async def test_namespace(start_kernel: Any, run_cell: Any, jp_fetch: Any) -> None:
    kernel_id = await start_kernel()
    await jp_fetch(*API, "kernels", kernel_id, "namespace")  # attaches
    await run_cell(kernel_id, "import colorsys as cs\nr = 1", "one")
    answer = json.loads((await jp_fetch(*API, "kernels", kernel_id, "namespace")).body)
    assert answer.pop("as_of") is not None
    assert answer.pop("state") in {"idle", "busy"}  # its idle status may still be on the way
    assert answer == {
        "kernel_id": kernel_id,
        "generation": 1,
        "names": [
            {
                "name": "cs",
                "kind": "module",
                "type": "module",
                "module": "colorsys",
                "version": None,
                "summary": None,
                "bound_by": {"cell_id": "one", "execution_count": 1},
            },
            {
                "name": "r",
                "kind": "instance",
                "type": "int",
                "module": "builtins",
                "version": None,
                "summary": "1",
                "bound_by": {"cell_id": "one", "execution_count": 1},
            },
        ],
    }


async def test_report_without_a_kernel(jp_fetch: Any) -> None:
    body = json.dumps({"kernel_id": None, "cells": CELLS})
    answer = json.loads((await jp_fetch(*API, "report", method="POST", body=body)).body)
    assert answer["kernel"]["state"] == "none"
    assert [cell["status"] for cell in answer["cells"]] == ["ready", "blocked"]
    assert [need["reason"] for need in answer["cells"][1]["needs"]] == ["never_run", "no_provider"]
    assert answer["edges"] == [{"provider": "one", "consumer": "two", "names": ["cs"]}]


async def test_report_and_plan_with_a_kernel(
    start_kernel: Any, run_cell: Any, jp_fetch: Any
) -> None:
    kernel_id = await start_kernel()
    cells = [*CELLS, {"id": "three", "source": "import no_such_module_anywhere"}]
    request = {"kernel_id": kernel_id, "cells": cells}
    await run_cell(kernel_id, "r = 1")
    body = json.dumps(request)
    answer = json.loads((await jp_fetch(*API, "report", method="POST", body=body)).body)
    assert answer["kernel"]["kernel_id"] == kernel_id
    assert [cell["status"] for cell in answer["cells"]] == ["ready", "blocked", "blocked"]
    assert [need["status"] for need in answer["cells"][1]["needs"]] == ["missing", "ghost"]
    assert answer["lost_by_restart"] == ["r"]
    body = json.dumps({**request, "target": "two", "mode": "cells"})
    answer = json.loads((await jp_fetch(*API, "plan", method="POST", body=body)).body)
    assert answer == {
        "steps": [
            {
                "cell_id": "one",
                "code": None,
                "names": ["cs"],
                "why": "Defines `cs`, which cell 2 needs.",
                "effects": [],
            }
        ],
        "unresolved": [],
    }


MANY = [{"id": str(number), "source": ""} for number in range(51)]
REFUSED = [
    ("report", "{", 400, "$: Input data was truncated."),
    ("report", '{"kernel_id": null, "cells": [{"id": 1}]}', 400, "$.cells[0].id: Expected"),
    ("report", {"kernel_id": None, "cells": CELLS[:1] * 2}, 400, "$.cells: The cell id 'one'"),
    ("report", {"kernel_id": None, "cells": MANY}, 413, "$.cells: The notebook has 51 code cells"),
    ("report", {"kernel_id": "nope", "cells": CELLS}, 404, "There is no kernel 'nope'."),
    ("report", f'{{"unknown": {"[" * 9_000 + "]" * 9_000}}}', 400, "$: JSON is nested too deeply."),
    ("report", json.dumps(["a"] * 30_000), 413, "$: The message has more than 20,000 texts"),
    ("report", '"' + "x" * 2_000_000 + '"', 413, "The request is longer than 2,000,000 bytes."),
    (
        "plan",
        {"kernel_id": None, "cells": CELLS, "target": "x", "mode": "cells"},
        400,
        "$.target: there is no cell 'x'.",
    ),
    (
        "plan",
        {"kernel_id": None, "cells": CELLS, "target": None, "mode": "magic"},
        400,
        "$.mode: Invalid enum value 'magic'.",
    ),
]


@pytest.mark.parametrize(("path", "body", "status", "message"), REFUSED)
async def test_refusals(jp_fetch: Any, path: str, body: Any, status: int, message: str) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(*API, path, method="POST", body=text)
    assert caught.value.code == status
    assert caught.value.response is not None
    told = codec.decode_as(caught.value.response.body, Error)
    assert told.message.startswith(message)
    assert status in next(request.refusals for request in REQUESTS if request.path == path)


LONG_ID = "i" * 500_000
LONG_CELLS = [{"id": LONG_ID, "source": ""}] * 2


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("report", {"kernel_id": None, "cells": LONG_CELLS}),
        ("report", {"kernel_id": LONG_ID, "cells": CELLS}),
        ("report", {"kernel_id": None, "cells": [{"id": LONG_ID}]}),
        ("plan", {"kernel_id": None, "cells": CELLS, "target": LONG_ID, "mode": "cells"}),
        ("plan", {"kernel_id": None, "cells": CELLS, "target": None, "mode": LONG_ID}),
        ("tools/namespace_notebook_state", {"arguments": {"notebook": LONG_ID}}),
        ("tools/namespace_notebook_state", {"arguments": {LONG_ID: 1}}),
    ],
)
async def test_a_long_id_is_repeated_neither_in_the_answer_nor_in_the_log(
    jp_fetch: Any, caplog: pytest.LogCaptureFixture, path: str, body: Any
) -> None:
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(*API, path, method="POST", body=json.dumps(body))
    assert caught.value.code in {400, 404}
    assert caught.value.response is not None
    assert len(caught.value.response.body) < 3_000
    assert sum(len(record.getMessage()) for record in caplog.records) < 10_000


async def test_namespace_of_an_unknown_kernel(jp_fetch: Any) -> None:
    with pytest.raises(HTTPClientError) as caught:
        await jp_fetch(*API, "kernels", "nope", "namespace")
    assert caught.value.code == 404


@pytest.mark.parametrize(("drawn_as", "start"), [("dot", "digraph {"), ("mermaid", "flowchart TB")])
async def test_graph(jp_fetch: Any, drawn_as: str, start: str) -> None:
    cells = [{"id": "one", "source": "x = 1"}, {"id": "two", "source": "print(x)"}]
    body = json.dumps({"cells": cells, "format": drawn_as})
    answer = json.loads((await jp_fetch(*API, "graph", method="POST", body=body)).body)
    assert answer["text"].startswith(start)
    assert "print(x)" in answer["text"].replace("#40;", "(").replace("#41;", ")")
