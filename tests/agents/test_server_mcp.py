"""Are the tools in jupyter-server-mcp, with the text that several browsers edit?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jupyter_namespace_viz.agents.tools import NAMES, READ_ONLY
from tests.agents.mcp_client import Agent, agent_of, connected
from tests.cli.live.conftest import write
from tests.running_server import RunningServer, info_when_written, running_server

ROOT = Path(__file__).parents[2]
AGENTS_PYTHON = str(ROOT / ".venv-agents" / "bin" / "python")
"""Of an environment with jupyter-server-mcp and jupyter-server-documents."""

COLLABORATION_PYTHON = str(ROOT / ".venv-collaboration" / "bin" / "python")
"""Of an environment with jupyter-collaboration."""

EXTENSIONS = (
    "--ServerApp.jpserver_extensions="
    "{'jupyter_namespace_viz': True, 'jupyterlab': False, 'tests.agents.shared_edits': True}"
)


MCP_PORT = "--MCPExtensionApp.mcp_port=0"


def url_of(server: RunningServer) -> str:
    """Where its jupyter-server-mcp listens, as that writes once it does."""
    file = server.runtime / f"jpserver-mcp-{server.process.pid}.json"
    info = info_when_written(server.process, file)
    assert info is not None, "jupyter-server-mcp did not start"
    url: str = info["url"]
    return url


@pytest.fixture(autouse=True, scope="module")
def our_source() -> Iterator[None]:
    """The servers find the extension that edits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        yield


@pytest.fixture(scope="module")
def mcp_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    home = tmp_path_factory.mktemp("server-mcp")
    with running_server(home, EXTENSIONS, MCP_PORT, python=AGENTS_PYTHON) as server:
        yield server


@pytest.fixture(scope="module")
def http_agent(mcp_server: RunningServer) -> Iterator[Agent]:
    with connected(url_of(mcp_server)) as agent:
        yield agent


def edit(server: RunningServer, path: str, index: int, source: str) -> None:
    """Edits a cell of the shared document; its file stays as it is."""
    body = {"path": path, "index": index, "source": source}
    server.ask("edit-shared-cell", "POST", body)


def test_the_tools_are_found_and_only_read(http_agent: Agent) -> None:
    tools = {it.name: it for it in http_agent.tools()}
    assert set(NAMES) <= set(tools)
    for name in NAMES:
        given = tools[name].annotations.model_dump(by_alias=True, exclude_none=True)
        assert given == READ_ONLY
        assert tools[name].input_schema["properties"]["path"]["type"] == "string"


def without_basis(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in answer.items() if name != "basis"}


def test_both_ways_answer_the_same(mcp_server: RunningServer, http_agent: Agent) -> None:
    write(mcp_server.root / "both.ipynb", "import colorsys as cs", "cs.one", "print(absent)")
    kernel_id = mcp_server.open("both.ipynb")
    calls: list[tuple[str, dict[str, Any]]] = [
        ("namespace_notebook_state", {}),
        ("namespace_before_run", {"cell": 2}),
        ("namespace_why", {"name": "cs"}),
        ("namespace_plan", {}),
        ("namespace_effect_of", {"cell": 1, "change": "delete"}),
        ("namespace_imports", {}),
    ]
    http_agent.ask("namespace_imports", path="both.ipynb")
    assert mcp_server.run(kernel_id, "import colorsys as cs", "c1") == "ok"
    with agent_of(mcp_server.runtime, mcp_server.root) as stdio_agent:
        for tool, arguments in calls:
            answers = [
                without_basis(agent.ask(tool, path="both.ipynb", **arguments))
                for agent in (http_agent, stdio_agent)
            ]
            assert answers[0] == answers[1]
    refusal = http_agent.refusal("namespace_before_run", path="both.ipynb", cell="c9")
    assert "has no code cell 'c9'" in refusal


def test_the_text_of_jupyter_server_documents(mcp_server: RunningServer, http_agent: Agent) -> None:
    write(mcp_server.root / "shared.ipynb", "a = 1", "a")
    mcp_server.open("shared.ipynb")
    edit(mcp_server, "shared.ipynb", 2, "only_in_the_document")
    answer = http_agent.ask("namespace_before_run", path="shared.ipynb", cell="c2")
    assert answer["basis"].startswith("Text: shared document. ")
    assert answer["not_mended"] == ["`only_in_the_document` is missing: no cell defines it."]


def test_the_text_of_jupyter_collaboration(tmp_path: Path) -> None:
    with (
        running_server(tmp_path, EXTENSIONS, python=COLLABORATION_PYTHON) as server,
        agent_of(server.runtime, server.root) as agent,
    ):
        write(server.root / "shared.ipynb", "a = 1", "a")
        answer = agent.ask("namespace_before_run", path="shared.ipynb", cell=2)
        assert answer["basis"].startswith("Text: file saved ")
        edit(server, "shared.ipynb", 2, "only_in_the_document")
        answer = agent.ask("namespace_before_run", path="shared.ipynb", cell="c2")
        assert answer["basis"].startswith("Text: shared document. ")
        assert "`only_in_the_document` is missing" in answer["why"][0]


def test_switched_off(tmp_path: Path) -> None:
    option = "--NamespaceVizApp.agent_tools=False"
    with (
        running_server(tmp_path, EXTENSIONS, MCP_PORT, option, python=AGENTS_PYTHON) as server,
        connected(url_of(server)) as agent,
    ):
        assert not {it.name for it in agent.tools()} & set(NAMES)
