"""Which fixtures do all tests share? A real Jupyter server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kernel_ports import KernelPorts
from tests.running_server import RunningServer, running_server

pytest_plugins = ["pytest_jupyter.jupyter_server"]


@pytest.fixture(scope="session", autouse=True)
def kernel_ports() -> Iterator[None]:
    """Ports for kernels that nothing else on the machine takes."""
    ports = KernelPorts.instance()
    yield
    ports.close()
    KernelPorts.clear_instance()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server in a separate process; the kernels that tests start there run until it ends."""
    with running_server(tmp_path_factory.mktemp("server")) as server:
        yield server
