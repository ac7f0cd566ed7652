"""What does the server say of a notebook, whenever that changes?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from tornado.websocket import WebSocketClientConnection

from jupyter_namespace_viz.cli.live.errors import KernelGone, ServerTrouble
from jupyter_namespace_viz.cli.live.kernels import FoundKernel, current_kernel
from jupyter_namespace_viz.cli.live.updates import cell_texts, updates
from jupyter_namespace_viz.cli.notebooks.notebook_file import (
    NotebookFile,
    UnreadableNotebook,
    read_notebook_file,
)
from jupyter_namespace_viz.protocol import codec, panel_messages, reports, rest
from jupyter_namespace_viz.protocol.errors import MalformedMessage

LOOK_EVERY = 0.5
"""Seconds between looks at the file, and for a new kernel where the last one ended."""

ATTEMPTS = 5
"""How often a kernel that does not answer yet is asked about; the server waits 2 s each time."""


@dataclass(frozen=True, slots=True)
class SeenNotebook:
    """The file as it was last read, and the report on it."""

    file: NotebookFile
    report: rest.NotebookReport

    @property
    def is_blocked(self) -> bool:
        """Whether a cell would raise that does not only wait for the cells above it."""
        return self.report.summary.blocked > self.report.summary.waiting

    @property
    def is_told(self) -> bool:
        """Whether it is known what the kernel holds, or that it holds nothing."""
        kernel = self.report.kernel
        return kernel.as_of is not None or kernel.state in {"starting", "dead", "not_python"}


Show = Callable[[SeenNotebook], None]
"""Shows one report; the next one may take its place."""


async def report_on(notebook: Path, kernel: FoundKernel) -> SeenNotebook:
    """The report as of now; raises UnreadableNotebook or CannotTell.

    A kernel that has only just begun is asked until it answers, for a while.
    """
    file = read_notebook_file(notebook)
    cells = cell_texts(file)
    for _ in range(ATTEMPTS):
        report = await kernel.api.report(kernel.kernel_id, cells)
        starts_first = report.kernel.state == "starting" and report.kernel.generation == 1
        if report.kernel.state != "connecting" and not starts_first:
            break  # the server waits for the first answer only: it must not be asked in a rush
    return SeenNotebook(file, report)


async def reports_on(
    notebook: Path, kernel: FoundKernel, follow: bool
) -> AsyncGenerator[SeenNotebook, None]:
    """A report now, and again when a verdict changed; the file is read again when it is saved.

    With `follow` the notebook's next kernel is taken when this one has ended. Ends only with an
    error: UnreadableNotebook, ServerTrouble, KernelGone.
    """
    socket = await kernel.api.open_socket()
    try:
        hello = await _next(socket, kernel)
        if not isinstance(hello, panel_messages.Hello) or not _is_understood(hello):
            raise ServerTrouble(kernel.api.server.url, _OTHER_VERSION)
        watch = _Watch(notebook, kernel, follow, socket, hello.limits)
        async with aclosing(watch.reports()) as reports:
            async for seen in reports:
                yield seen
    finally:
        socket.close()


_OTHER_VERSION = (
    "has another version of jupyter_namespace_viz than this command line. Bring both to the same."
)


def _is_understood(hello: panel_messages.Hello) -> bool:
    return hello.protocol_version == panel_messages.PROTOCOL_VERSION


async def _next(
    socket: WebSocketClientConnection, kernel: FoundKernel
) -> panel_messages.ServerMessage:
    message = await socket.read_message()
    if message is None:
        reason = "has closed the connection. Start again when it is back."
        raise ServerTrouble(kernel.api.server.url, reason)
    try:
        return codec.decode_server_message(message)
    except MalformedMessage as error:
        raise ServerTrouble(kernel.api.server.url, _OTHER_VERSION) from error


class _Watch:
    """One notebook, told as it changes, and what was answered so far."""

    def __init__(
        self,
        notebook: Path,
        kernel: FoundKernel,
        follow: bool,
        socket: WebSocketClientConnection,
        limits: panel_messages.Limits,
    ) -> None:
        self._notebook = notebook
        self._kernel = kernel
        self._kernel_id = kernel.kernel_id
        self._follow = follow
        self._socket = socket
        self._limits = limits
        self._file: NotebookFile
        self._told: dict[str, reports.CellText] = {}
        self._revision = 0
        self._is_dead = False
        self._answer = _Answer()

    async def reports(self) -> AsyncGenerator[SeenNotebook, None]:
        saved_at = _saved_at(self._notebook)
        await self._tell(read_notebook_file(self._notebook))
        looking = asyncio.create_task(self._keep_looking(saved_at))
        try:
            while True:
                message = asyncio.ensure_future(_next(self._socket, self._kernel))
                await asyncio.wait({message, looking}, return_when=asyncio.FIRST_COMPLETED)
                if looking.done():
                    message.cancel()
                    looking.result()  # which raises
                report = self._take(await message)
                if report is None:
                    continue
                yield SeenNotebook(self._file, report)
                self._is_dead = report.kernel.state == "dead"
                if self._is_dead and not self._follow:
                    raise KernelGone(self._kernel_id)
        finally:
            looking.cancel()

    def _take(self, message: panel_messages.ServerMessage) -> rest.NotebookReport | None:
        """The whole report, once it is about the file as it was last read."""
        if isinstance(message, panel_messages.Refused):
            reason = f"refused {self._notebook.name}: {message.message}"
            raise ServerTrouble(self._kernel.api.server.url, reason)
        if not isinstance(message, panel_messages.Report):
            return None
        self._answer.add(message)
        if message.revision < self._revision:
            return None
        return self._answer.whole(message, list(self._told))

    async def _keep_looking(self, saved_at: int | None) -> None:
        """Tell the server when the file was saved, and which kernel it has by now."""
        is_unreadable = False
        while True:
            await asyncio.sleep(LOOK_EVERY)
            file, last = self._file, saved_at
            if (saved_at := _saved_at(self._notebook)) != last:
                try:
                    file = read_notebook_file(self._notebook)
                    is_unreadable = False
                except UnreadableNotebook:
                    if is_unreadable:
                        raise
                    is_unreadable, saved_at = True, last  # half written, it may be: look again
            was_saved = file is not self._file
            if (was_saved or self._is_dead) and self._follow:
                was_saved |= await self._find_kernel()
            if was_saved:
                await self._tell(file)

    async def _find_kernel(self) -> bool:
        """Whether the notebook has another kernel by now."""
        found = await current_kernel(self._kernel.api, self._notebook)
        if found in {None, self._kernel_id}:
            return False
        self._kernel_id = str(found)
        return True

    async def _tell(self, file: NotebookFile) -> None:
        self._file = file
        texts = cell_texts(file)
        told = self._told
        self._told = {text.id: text for text in texts}
        for update in updates(self._revision + 1, self._kernel_id, texts, told, self._limits):
            self._revision = update.revision
            await self._socket.write_message(codec.encode(update))


class _Answer:
    """What the server's reports, which tell changes, add up to."""

    def __init__(self) -> None:
        self._cells: dict[str, reports.CellReport] = {}
        self._edges: list[reports.Edge] = []
        self._imports: list[reports.ImportReport] = []

    def add(self, report: panel_messages.Report) -> None:
        self._cells.update((cell.id, cell) for cell in report.cells)
        if report.edges is not None:
            self._edges = report.edges
        if report.imports is not None:
            self._imports = report.imports

    def whole(self, latest: panel_messages.Report, order: list[str]) -> rest.NotebookReport:
        cells = [self._cells[cell_id] for cell_id in order]
        return rest.NotebookReport(
            latest.kernel, cells, self._edges, self._imports, latest.summary, lost_by_restart=None
        )


def _saved_at(notebook: Path) -> int | None:
    try:
        return notebook.stat().st_mtime_ns
    except OSError:
        return None
