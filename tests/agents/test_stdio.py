"""Which tools does `jupyter namespace-viz mcp` serve, and what if it cannot answer?"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from jupyter_namespace_viz.agents.tools import NAMES, READ_ONLY, SWITCHED_OFF
from tests.agents.mcp_client import Agent, agent_of
from tests.cli.live.conftest import write
from tests.running_server import RunningServer, running_server


def test_all_tools_only_read(agent: Agent) -> None:
    tools = agent.tools()
    assert tuple(it.name for it in tools) == NAMES
    for tool in tools:
        given = tool.annotations.model_dump(by_alias=True, exclude_none=True)
        assert given == READ_ONLY
        assert "Args:" in tool.description
        assert tool.output_schema["properties"]["basis"] == {"title": "Basis", "type": "string"}


def test_paths(server: RunningServer, agent: Agent) -> None:
    (server.root / "folder").mkdir()
    notebook = write(server.root / "folder" / "paths.ipynb", "a = 1")
    server.open("folder/paths.ipynb")
    for path in ("folder/paths.ipynb", "./folder/paths.ipynb", str(notebook)):
        answer = agent.ask("namespace_notebook_state", path=path)
        assert "Kernel: none" not in answer["basis"]
    with agent_of(server.runtime, server.root / "folder") as inside:
        for path in ("paths.ipynb", "folder/paths.ipynb"):
            assert "Kernel: none" not in inside.ask("namespace_imports", path=path)["basis"]


def test_a_session_of_vs_code(server: RunningServer, agent: Agent) -> None:
    (server.root / "work").mkdir()
    write(server.root / "work" / "code.ipynb", "a = 1")

    def has_kernel() -> bool:
        answer = agent.ask("namespace_imports", path="work/code.ipynb")
        return "Kernel: none" not in answer["basis"]

    assert not has_kernel()
    first = server.open("code-jvsc-aaaa1111-bbbb-2222.ipynb")
    assert has_kernel()
    second = server.open("code-jvsc-cccc3333-dddd-4444.ipynb")
    assert not has_kernel()  # the names alone do not tell which
    server.shut_down(first)
    server.shut_down(second)


def test_no_such_notebook(server: RunningServer, agent: Agent) -> None:
    refusal = agent.refusal("namespace_notebook_state", path="absent.ipynb")
    assert "No Jupyter server that runs here has absent.ipynb" in refusal
    (server.root / "no-notebook.ipynb").write_text("{}")
    refusal = agent.refusal("namespace_notebook_state", path="no-notebook.ipynb")
    assert "There is no notebook 'no-notebook.ipynb' that can be read" in refusal


@pytest.mark.parametrize("name", ["settings.txt", "broken.ipynb"])
def test_the_text_of_another_file_is_not_told(
    server: RunningServer, agent: Agent, name: str
) -> None:
    (server.root / name).write_text("password = hunter2")
    refusal = agent.refusal("namespace_notebook_state", path=name)
    assert f"There is no notebook {name!r} that can be read" in refusal
    assert "hunter2" not in refusal


def test_a_named_server(server: RunningServer, tmp_path: Path) -> None:
    write(server.root / "named.ipynb", "a = 1")
    with agent_of(tmp_path, tmp_path, "--server", server.url, "--token", server.token) as agent:
        answer = agent.ask("namespace_notebook_state", path="named.ipynb")
        assert answer["basis"].endswith("Kernel: none runs this notebook.")
    with agent_of(tmp_path, tmp_path, "--server", server.url, "--token", "wrong") as agent:
        refusal = agent.refusal("namespace_notebook_state", path="named.ipynb")
        assert "did not accept the token" in refusal


def test_no_server(tmp_path: Path) -> None:
    with agent_of(tmp_path, tmp_path) as agent:
        refusal = agent.refusal("namespace_notebook_state", path="a.ipynb")
        assert "No Jupyter server runs on this machine" in refusal


def test_switched_off(tmp_path: Path) -> None:
    option = "--NamespaceVizApp.agent_tools=False"
    with running_server(tmp_path, option) as server, agent_of(server.runtime, server.root) as agent:
        write(server.root / "a.ipynb", "a = 1")
        assert SWITCHED_OFF in agent.refusal("namespace_notebook_state", path="a.ipynb")


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("namespace_other", {}, "There is no tool 'namespace_other'."),
        ("namespace_why", {"path": "a.ipynb"}, "namespace_why needs the argument 'name'."),
        (
            "namespace_imports",
            {"path": "a.ipynb", "cell": 1},
            "namespace_imports has no argument 'cell'.",
        ),
        (
            "namespace_before_run",
            {"path": "a.ipynb", "cell": None},
            "namespace_before_run: cell: Expected `int | str`, got `null`",
        ),
    ],
)
def test_calls_without_the_sdk(
    server: RunningServer, tool: str, arguments: dict[str, object], message: str
) -> None:
    url = f"{server.url}jupyter-namespace-viz/api/tools/{tool}"
    headers = {"Authorization": f"token {server.token}"}
    data = json.dumps({"arguments": arguments}).encode()
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(url, data, headers, method="POST"))
    assert caught.value.code == 400
    assert message in json.loads(caught.value.read())["message"]
