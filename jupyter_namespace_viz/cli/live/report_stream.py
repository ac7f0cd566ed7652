"""How does a stream of reports on a notebook come from the server, one per change?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from tornado.websocket import WebSocketClientConnection

from jupyter_namespace_viz.cli.live.errors import KernelEnded, ServerError
from jupyter_namespace_viz.cli.live.kernels import FoundKernel, current_kernel
from jupyter_namespace_viz.cli.live.live_report import LiveReport
from jupyter_namespace_viz.cli.live.saved_file import SavedFile
from jupyter_namespace_viz.cli.live.updates import UpdateSender
from jupyter_namespace_viz.protocol import codec, panel_messages, problems, reports, rest
from jupyter_namespace_viz.protocol.errors import MalformedMessage

POLL_INTERVAL = 0.5
"""Seconds between looks at the file, and for a new kernel where the last one ended."""

_OTHER_VERSION = (
    "has another version of jupyter_namespace_viz than this command line. Bring both to the same."
)


async def reports_on(
    notebook: Path, kernel: FoundKernel, follow: bool
) -> AsyncGenerator[LiveReport, None]:
    """A report now, and another one when a verdict changes or the file is saved.

    With `follow` the notebook's next kernel is taken when this one has ended. The stream ends only
    with an error: UnreadableNotebook, ServerError, KernelEnded.
    """
    socket = await kernel.api.open_socket()
    try:
        hello = await _next_message(socket, kernel)
        if (
            not isinstance(hello, panel_messages.Hello)
            or hello.protocol_version != panel_messages.PROTOCOL_VERSION
        ):
            raise ServerError(kernel.api.server.url, _OTHER_VERSION)
        stream = _ReportStream(notebook, kernel, follow, socket, hello.limits)
        async with aclosing(stream.reports()) as reports:
            async for report in reports:
                yield report
    finally:
        socket.close()


async def _next_message(
    socket: WebSocketClientConnection, kernel: FoundKernel
) -> panel_messages.ServerMessage:
    message = await socket.read_message()
    if message is None:
        reason = "has closed the connection. Start again when it is back."
        raise ServerError(kernel.api.server.url, reason)
    try:
        return codec.decode_server_message(message)
    except MalformedMessage as error:
        raise ServerError(kernel.api.server.url, _OTHER_VERSION) from error


class _ReportStream:
    """Receives reports on one notebook while a task polls its file and its kernel."""

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
        self._file = SavedFile(notebook)
        self._sender = UpdateSender(socket, limits)
        self._is_dead = False
        self._merged = _MergedReport()

    async def reports(self) -> AsyncGenerator[LiveReport, None]:
        await self._sender.send(self._file.content, self._kernel_id)
        polling = asyncio.create_task(self._poll())
        try:
            while True:
                message = asyncio.ensure_future(_next_message(self._socket, self._kernel))
                await asyncio.wait({message, polling}, return_when=asyncio.FIRST_COMPLETED)
                if polling.done():
                    message.cancel()
                    polling.result()  # raises
                report = self._receive(await message)
                if report is None:
                    continue
                yield LiveReport(self._sender.file, report)
                self._is_dead = report.kernel.state == "dead"
                if self._is_dead and not self._follow:
                    raise KernelEnded(self._kernel_id)
        finally:
            polling.cancel()

    def _receive(self, message: panel_messages.ServerMessage) -> rest.NotebookReport | None:
        """The whole report when its last part is there, the problems, if it is about the file as it
        was last sent.
        """
        if isinstance(message, panel_messages.Refused):
            reason = f"refused {self._notebook.name}: {message.message}"
            raise ServerError(self._kernel.api.server.url, reason)
        if isinstance(message, panel_messages.Report):
            self._merged.add(message)
            return None
        if not isinstance(message, panel_messages.Problems):
            return None
        self._merged.add_problems(message)
        if message.revision < self._sender.revision:
            return None
        return self._merged.whole(self._sender.cell_ids)

    async def _poll(self) -> None:
        """Tell the server when the file was saved, and when the notebook has another kernel."""
        while True:
            await asyncio.sleep(POLL_INTERVAL)
            has_changed = self._file.read_if_saved()
            if (has_changed or self._is_dead) and self._follow:
                has_changed |= await self._find_kernel()
            if has_changed:
                await self._sender.send(self._file.content, self._kernel_id)

    async def _find_kernel(self) -> bool:
        """Whether the notebook has another kernel now."""
        found = await current_kernel(self._kernel.api, self._notebook)
        if found in {None, self._kernel_id}:
            return False
        self._kernel_id = str(found)
        return True


class _MergedReport:
    """The whole report that the server's messages add up to, each of which has changes only."""

    def __init__(self) -> None:
        self._latest: panel_messages.Report | None = None
        self._cells: dict[str, reports.CellReport] = {}
        self._edges: list[reports.Edge] = []
        self._imports: list[reports.ImportReport] = []
        self._problems: list[problems.NotebookProblem] = []

    def add(self, report: panel_messages.Report) -> None:
        self._latest = report
        self._cells.update((cell.id, cell) for cell in report.cells)
        if report.edges is not None:
            self._edges = report.edges
        if report.imports is not None:
            self._imports = report.imports

    def add_problems(self, message: panel_messages.Problems) -> None:
        if message.now is not None:
            self._problems = message.now

    def whole(self, cell_ids: list[str]) -> rest.NotebookReport | None:
        """The report with these cells; None before the first one."""
        latest = self._latest
        if latest is None:
            return None
        cells = [self._cells[cell_id] for cell_id in cell_ids]
        return rest.NotebookReport(
            latest.kernel,
            cells,
            self._edges,
            self._imports,
            self._problems,
            latest.summary,
            lost_by_restart=None,
        )
