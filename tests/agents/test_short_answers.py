"""Are the answers on a large notebook short?"""

from __future__ import annotations

import json
import uuid
from typing import Any

import nbformat
import pytest

from tests.agents.mcp_client import Agent
from tests.running_server import RunningServer

CELLS = 100
MOST_TOKENS = 1_500
CHARACTERS_PER_TOKEN = 4

KINDS = {
    "waiting": lambda index: f"x{index} = x{index - 1} + 1",
    "blocked": lambda index: f"x{index} = only_here_{index} + another_{index}",
    "mixed": lambda index: f"import module_{index}" if index % 3 else f"print(x{index + 1})",
    "read_by_all": lambda index: "x0",
}


@pytest.fixture(scope="module")
def kernel_id(server: RunningServer) -> str:
    return server.open("large.ipynb")


@pytest.mark.usefixtures("kernel_id")
@pytest.mark.parametrize("kind", KINDS)
def test_every_answer(server: RunningServer, agent: Agent, kind: str) -> None:
    new = nbformat.v4
    sources = ["x0 = 0", *map(KINDS[kind], range(1, CELLS))]
    cells = [new.new_code_cell(source, id=str(uuid.uuid4())) for source in sources]
    nbformat.write(new.new_notebook(cells=cells), server.root / "large.ipynb")
    calls: list[tuple[str, dict[str, Any]]] = [
        ("notebook_state", {}),
        ("before_run", {"cell": CELLS}),
        ("why", {"name": "x0"}),
        ("plan", {}),
        ("plan", {"cell": CELLS}),
        ("effect_of", {"cell": 1, "change": "edit", "source": "import json"}),
        ("effect_of", {"cell": 1, "change": "move", "position": CELLS}),
        ("imports", {}),
    ]
    for tool, arguments in calls:
        result = agent.call(f"namespace_{tool}", path="large.ipynb", **arguments)
        assert not result.is_error
        assert len(result.content[0].text) <= MOST_TOKENS * CHARACTERS_PER_TOKEN, (tool, arguments)


def test_the_tools_themselves(agent: Agent) -> None:
    tools = [it.model_dump(mode="json", exclude_none=True) for it in agent.tools()]
    read = [(it["name"], it["description"], it["input_schema"]) for it in tools]
    assert len(json.dumps(read)) <= MOST_TOKENS * CHARACTERS_PER_TOKEN
