"""What all tests share: the fixtures of a real Jupyter server, and the figures at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.figures import FIGURES, figures
from tests.running_server import RunningServer, running_server

pytest_plugins = ["pytest_jupyter.jupyter_server"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server in a process of its own; who starts a kernel there leaves it to the server's end."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints how long it took until events were reported."""
    if FIGURES:
        terminalreporter.section("seconds from an event until it was reported")
        for line in figures():
            terminalreporter.line(line)
