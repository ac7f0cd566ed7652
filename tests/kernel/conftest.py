"""Real kernels to test against, and a client that runs cells in them as JupyterLab does.

NAMESPACE_VIZ_KERNEL_PYTHON names another interpreter with an ipykernel for the kernels to run in:
another version, or an environment where nothing else is installed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.session import Session
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.kernel.attachment import Attachment
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.kernel.transports.base import Message
from jupyter_namespace_viz.kernel.transports.local_channels import ZmqChannels
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.protocol.probe_messages import Pong, Push

PATIENCE = 120.0
"""Seconds until a wait fails the test."""

KERNEL_PYTHON = os.environ.get("NAMESPACE_VIZ_KERNEL_PYTHON", sys.executable)

LOG = logging.getLogger("tests.kernel")

ECHO_KERNEL = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

class EchoKernel(Kernel):
    implementation = "echo"
    implementation_version = "1"
    language_info = {"name": "echo", "mimetype": "text/plain", "file_extension": ".txt"}
    banner = "echo"

    async def do_execute(self, code, silent, *args, **kwargs):
        return {"status": "ok", "execution_count": self.execution_count, "user_expressions": {}}

IPKernelApp.launch_instance(kernel_class=EchoKernel)
"""

# An import of our package fails in these kernels, as it does where it is not installed.
WITHOUT_OUR_PACKAGE = """
import sys
sys.modules["jupyter_namespace_viz"] = None
from ipykernel.kernelapp import launch_new_instance
launch_new_instance()
"""

NO_CONTROL_ANSWERS = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.ipkernel import IPythonKernel
from types import MappingProxyType

class OddKernel(IPythonKernel):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.control_handlers = MappingProxyType(self.control_handlers)

IPKernelApp.launch_instance(kernel_class=OddKernel)
"""

# Notes whether anybody asked on the control channel before the kernel was ready.
SLOW_START = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.ipkernel import IPythonKernel

class SlowKernel(IPythonKernel):
    def start(self):
        was_asked = self.control_stream.socket.poll(timeout=500)
        self.shell.user_ns["was_asked" if was_asked else "was_not_asked"] = True
        super().start()

IPKernelApp.launch_instance(kernel_class=SlowKernel)
"""

KERNELS = {
    "python3": (WITHOUT_OUR_PACKAGE, "python"),
    "echo": (ECHO_KERNEL, "echo"),
    "disguised-echo": (ECHO_KERNEL, "python"),
    "no-control": (NO_CONTROL_ANSWERS, "python"),
    "slow-start": (SLOW_START, "python"),
}


@dataclass
class Ran:
    """What one run answered."""

    reply: Message
    iopub: list[Message]

    @property
    def text(self) -> str:
        return "".join(
            message["content"]["text"]
            for message in self.iopub
            if message["header"]["msg_type"] == "stream"
        )

    @property
    def statuses(self) -> list[str]:
        return [
            message["content"]["execution_state"]
            for message in self.iopub
            if message["header"]["msg_type"] == "status"
        ]


class RunningKernel:
    """A kernel and a client that runs cells in it."""

    def __init__(self, kernels: AsyncMappingKernelManager, kernel_id: str) -> None:
        self.id = kernel_id
        self.kernels = kernels
        self.manager = kernels.get_kernel(kernel_id)
        self.client: AsyncKernelClient | None = None

    async def connect(self) -> None:
        """Connects anew: the client does not follow a kernel whose ports moved."""
        self.disconnect()
        session = Session(key=self.manager.session.key, session=uuid.uuid4().hex)
        self.client = AsyncKernelClient(session=session)
        self.client.load_connection_info(self.manager.get_connection_info())
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready(timeout=PATIENCE)

    def disconnect(self) -> None:
        """Closes the client's sockets, and then the context that it opened them on."""
        client, self.client = self.client, None
        if client is not None:
            client.stop_channels()
            client.context.destroy(linger=0)

    def send(
        self, code: str, cell: str | None = None, from_notebook: bool = True, **content: Any
    ) -> str:
        """Asks for a run as JupyterLab does, for a notebook or else a console; returns its id."""
        assert self.client is not None
        message = self.client.session.msg(
            "execute_request",
            {
                "code": code,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": True,
                **content,
            },
            metadata={
                **({} if cell is None else {"cellId": cell}),
                **({"deletedCells": []} if from_notebook else {}),
            },
        )
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    async def run(self, code: str, cell: str | None = None, **content: Any) -> Ran:
        """Runs a cell and waits until it is over."""
        return await self.end_of(self.send(code, cell, **content))

    async def end_of(self, run: str) -> Ran:
        """Waits until this run is over."""
        assert self.client is not None
        iopub = []
        reply = await self.client.get_shell_msg(timeout=PATIENCE)
        while reply["parent_header"].get("msg_id") != run:
            reply = await self.client.get_shell_msg(timeout=PATIENCE)
        while True:
            message = await self.client.get_iopub_msg(timeout=PATIENCE)
            parent = message["parent_header"] or {}  # null where nobody asked, in some kernels
            if parent.get("msg_id") == run:
                iopub.append(message)
                if message["content"].get("execution_state") == "idle":
                    return Ran(reply, iopub)

    async def until_known_to_be(self, state: str) -> None:
        """Waits until the server, who listens for itself, has heard of that state too."""

        async def come() -> None:
            while self.manager.execution_state != state:
                await asyncio.sleep(0)

        await asyncio.wait_for(come(), PATIENCE)

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)


class Wire:
    """Talks to the probe directly, without a link."""

    def __init__(self, kernel: RunningKernel) -> None:
        self.pushes: list[Push] = []
        self.raw_pushes: list[Message] = []
        self._news = asyncio.Event()
        self.channels = ZmqChannels(kernel.manager, self, LOG)
        self.attachment = Attachment(self.channels, None, lambda: None, LOG)
        self.client = self.attachment.client

    async def attach(self) -> Pong:
        return await self.attachment.attach(PATIENCE)

    async def ask_raw(self, **question: Any) -> Message:
        content = {"jupyter_namespace_viz": question}
        reply = await self.channels.request("control", "comm_info_request", content, PATIENCE)
        answer: Message = reply["content"]["jupyter_namespace_viz"]
        return answer

    async def next_push(self, wanted: Callable[[Push], bool] = lambda _: True) -> Push:
        """The first push that is wanted; those before it are forgotten."""
        while True:
            while self.pushes:
                push = self.pushes.pop(0)
                if wanted(push):
                    return push
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)

    def on_iopub(self, message: Message) -> None:
        if message["header"]["msg_type"] == "comm_msg":
            self.raw_pushes.append(message["content"]["data"])
        push = self.attachment.on_iopub(message)
        if push is not None:
            self.pushes.append(push)
            self._news.set()

    def on_ended(self, ending: object) -> None: ...

    def on_connection_lost(self, message: str) -> None: ...


@dataclass
class World:
    """Everything that a test started; it is stopped when the test is over."""

    kernel_spec_dir: Path
    cwd: Path
    kernels: AsyncMappingKernelManager | None = None
    _open: list[Any] = field(default_factory=list)

    def manager(self) -> AsyncMappingKernelManager:
        if self.kernels is None:
            specs = KernelSpecManager(
                kernel_dirs=[str(self.kernel_spec_dir)], ensure_native_kernel=False
            )
            self.kernels = AsyncMappingKernelManager(
                kernel_spec_manager=specs,
                root_dir=str(self.cwd),
                connection_dir=str(self.cwd),
            )
        return self.kernels

    async def start(self, kernel_name: str = "python3", **options: Any) -> RunningKernel:
        kernels = self.manager()
        kernel_id = await kernels.start_kernel(
            kernel_name=kernel_name, cwd=str(self.cwd), **options
        )
        kernel = RunningKernel(kernels, kernel_id)
        self._open.append(kernel)
        await kernel.connect()
        return kernel

    def links(
        self,
        silence: float = PATIENCE,
        event_logger: Any | None = None,
        disconnect_delay: float = PATIENCE,
    ) -> LinkRegistry:
        links = LinkRegistry(
            self.manager(), event_logger, LOG, read_cell, silence, disconnect_delay
        )
        self._open.append(links)
        return links

    def wire(self, kernel: RunningKernel) -> Wire:
        wire = Wire(kernel)
        self._open.append(wire)
        return wire

    async def aclose(self) -> None:
        async with AsyncExitStack() as ends:  # all of them run, whichever fails; the last one first
            if self.kernels is not None:
                ends.callback(self.kernels.context.destroy, linger=0)
                ends.push_async_callback(self.kernels.shutdown_all, now=True)
            for it in self._open:
                if isinstance(it, LinkRegistry):
                    ends.push_async_callback(it.close)
                elif isinstance(it, Wire):
                    ends.callback(it.channels.close)
                else:
                    ends.callback(it.disconnect)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Starts kernels and links; the kernels' environment does not have our package."""
    specs = tmp_path / "kernels"
    for name, (program, language) in KERNELS.items():
        write_kernel_spec(specs / name, [KERNEL_PYTHON, "-c", program], language)
    cwd = tmp_path / "work"
    cwd.mkdir()
    return World(specs, cwd)


def write_kernel_spec(directory: Path, argv: list[str], language: str) -> None:
    directory.mkdir(parents=True)
    spec = {
        "argv": [*argv, "-f", "{connection_file}"],
        "display_name": directory.name,
        "language": language,
        "env": {
            "IPYTHONDIR": str(directory / "ipython"),
            "PYTHONWARNINGS": "ignore",
            "PYTHONDONTWRITEBYTECODE": "",  # as it is for most, whoever runs the tests
        },
    }
    (directory / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


async def until(link: KernelLink, condition: Callable[[KernelView], Any]) -> KernelView:
    """The first view of the link that meets the condition."""
    changed = asyncio.Event()
    unwatch = link.watch(changed.set)

    async def come() -> None:
        while not condition(link.view):
            changed.clear()
            await changed.wait()

    try:
        await asyncio.wait_for(come(), PATIENCE)
    except asyncio.TimeoutError:
        pytest.fail(f"never came; the last view was {link.view}")
    finally:
        unwatch()
    return link.view


async def eventually(holds: Callable[[], Any]) -> None:
    """Polls, because no event announces it."""

    async def come() -> None:
        while not holds():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(come(), PATIENCE)


def is_attached(view: KernelView) -> bool:
    """Whether the kernel has reported what it holds, and is idle."""
    return view.state == "idle" and view.as_of is not None


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs coroutine tests, and stops what they started on the loop that started it."""
    if not iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}

    async def run() -> None:
        try:
            await pyfuncitem.obj(**arguments)
        finally:
            for argument in arguments.values():
                if isinstance(argument, World):
                    await argument.aclose()

    asyncio.run(run())
    return True
