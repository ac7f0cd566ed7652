"""Notebooks on a running server, and an agent that asks about them over standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.agents.mcp_client import Agent, agent_of
from tests.cli.live.conftest import write
from tests.running_server import RunningServer


@dataclass
class Notebook:
    """A notebook that is open with a kernel; its code cells have the ids c1, c2, …"""

    server: RunningServer
    agent: Agent
    path: str
    kernel_id: str
    sources: tuple[str, ...]

    def run(self, *numbers: int) -> list[str]:
        """Run the cells with these numbers; returns how that ended."""
        texts = self.sources
        return [self.server.run(self.kernel_id, texts[it - 1], f"c{it}") for it in numbers]

    def save(self, *sources: str) -> None:
        """Save the notebook with other cells."""
        self.sources = sources
        write(self.server.root / self.path, *sources)

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What the tool answers on the notebook, without the time that it took."""
        answer = self.agent.ask(f"namespace_{tool}", path=self.path, **arguments)
        assert answer.pop("basis").startswith("Text: file saved ")
        return answer

    def refusal(self, tool: str, **arguments: Any) -> str:
        """Why the tool does not answer."""
        return self.agent.refusal(f"namespace_{tool}", path=self.path, **arguments)


@pytest.fixture(scope="session")
def agent(server: RunningServer) -> Iterator[Agent]:
    with agent_of(server.runtime, server.root) as agent:
        yield agent


@pytest.fixture(scope="module")
def open_notebook(
    server: RunningServer, agent: Agent, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook of these cells with a new kernel, which ends with the module's tests."""
    opened: list[str] = []

    def open_it(*sources: str) -> Notebook:
        path = f"{request.module.__name__}-{len(opened)}.ipynb"
        write(server.root / path, *sources)
        opened.append(server.open(path))
        agent.ask("namespace_notebook_state", path=path)  # from now on runs are seen
        return Notebook(server, agent, path, opened[-1], sources)

    yield open_it
    for kernel_id in opened:
        with suppress(HTTPError):  # the test has ended it
            server.shut_down(kernel_id)
