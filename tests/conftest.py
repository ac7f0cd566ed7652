"""Which fixtures do all tests share? A real Jupyter server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.running_server import RunningServer, running_server

pytest_plugins = ["pytest_jupyter.jupyter_server"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server in a separate process; the kernels that tests start there run until it ends."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server
