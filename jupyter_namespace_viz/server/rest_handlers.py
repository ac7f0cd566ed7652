"""How are the requests of the REST API handled?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web
from tornado.iostream import StreamClosedError

from jupyter_namespace_viz.agents.errors import Unanswerable
from jupyter_namespace_viz.agents.tools import SWITCHED_OFF, Ask, checked_arguments
from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.drawing.dot import as_dot
from jupyter_namespace_viz.drawing.mermaid import as_mermaid
from jupyter_namespace_viz.drawing.model import drawing_of
from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook import serialization
from jupyter_namespace_viz.notebook.assessment import Assessment
from jupyter_namespace_viz.notebook.cell_texts import check_cells, check_size
from jupyter_namespace_viz.notebook.kernel_waits import wait_for_first_answer
from jupyter_namespace_viz.notebook.posted_cells import assess_once
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import codec, panel_messages, reports, rest
from jupyter_namespace_viz.protocol.errors import OverLimit, ProtocolError, quoted

OPENAPI = Path(codec.__file__).with_name("openapi.json")

MOST_BYTES_AT_ONCE = 1_000_000

T = TypeVar("T")
Verb = TypeVar("Verb", bound=Callable[..., Any])


# Our code runs in the kernel to read its names, so a request needs the right to run code.
may_run_code: Callable[[Verb], Verb] = authorized("execute", "kernels")


class _RestHandler(ExtensionHandlerMixin, APIHandler):
    """What the REST handlers share."""

    def initialize(
        self, name: str, links: LinkRegistry, limits: panel_messages.Limits, magics: Magics
    ) -> None:
        """Store what all requests share."""
        super().initialize(name=name)
        self.links = links
        self.limits = limits
        self.magics = magics

    def body(self, message_type: type[T]) -> T:
        """The request's body; responds with 400 and the field's name, or with 413."""
        size = self.limits.max_message_bytes
        if len(self.request.body) > size:
            raise web.HTTPError(413, f"The request is longer than {size:,} bytes.")
        try:
            check_size(self.request.body, self.limits)
            return codec.decode_as(self.request.body, message_type)
        except ProtocolError as error:
            raise _http_error(error) from error

    def check(self, cells: list[reports.CellText]) -> None:
        """Responds with 400 or 413 if the cells are not accepted."""
        try:
            check_cells([cell.id for cell in cells], self.limits.max_cells, "$.cells")
        except ProtocolError as error:
            raise _http_error(error) from error

    async def assess(
        self,
        kernel_id: str | None,
        cells: list[reports.CellText],
        in_flight: Sequence[str] = (),
        not_code: Collection[str] = (),
    ) -> Assessment:
        """The assessment of the cells; responds with 404 if the kernel does not exist."""
        with _unknown_kernel_is_404():
            return await assess_once(self.links, kernel_id, cells, self.magics, in_flight, not_code)

    async def answer(self, make: Callable[[], msgspec.Struct]) -> None:
        """Send the message that `make` makes in a worker thread, as JSON."""
        encoded = await run_in_worker_thread(lambda: codec.encode_in_pieces(make()))
        if len(encoded) <= MOST_BYTES_AT_ONCE:
            self.finish(encoded)
            return
        pieces = range(0, len(encoded), MOST_BYTES_AT_ONCE)
        await self.stream(encoded[it : it + MOST_BYTES_AT_ONCE] for it in pieces)

    async def stream(self, pieces: Iterator[bytes]) -> None:
        """Send these pieces of JSON, each of which is made in a worker thread."""
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        with suppress(StreamClosedError):  # who asked has left
            while (piece := await run_in_worker_thread(next, pieces, None)) is not None:
                self.write(piece)
                await self.flush()
            await self.finish()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """As Jupyter does, but for an unsupported verb also send the `Allow` header."""
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = (it for it in self.SUPPORTED_METHODS if _defines(type(self), it.lower()))
            self.set_header("Allow", ", ".join(allowed))
        super().write_error(status_code, **kwargs)


def _defines(handler: type[_RestHandler], verb: str) -> bool:
    return getattr(handler, verb) is not getattr(web.RequestHandler, verb)


@contextmanager
def _unknown_kernel_is_404() -> Iterator[None]:
    try:
        yield
    except UnknownKernel as error:
        raise web.HTTPError(404, str(error)) from error


def _http_error(error: ProtocolError) -> web.HTTPError:
    status = 413 if isinstance(error, OverLimit) else 400
    return web.HTTPError(status, str(error))


class NamespaceHandler(_RestHandler):
    """`GET kernels/<kernel_id>/namespace`: what the kernel holds."""

    @web.authenticated
    @may_run_code
    async def get(self, kernel_id: str) -> None:
        """Respond with a `LiveNamespace`, or with 404."""
        with _unknown_kernel_is_404():
            link = self.links.link_to(kernel_id)
        await wait_for_first_answer(link)
        await self.stream(serialization.namespace_pieces(link.view))


class ReportHandler(_RestHandler):
    """`POST report`: the verdicts on posted cells."""

    @web.authenticated
    @may_run_code
    async def post(self) -> None:
        """Respond to a `ReportRequest` with a `NotebookReport`."""
        request = self.body(rest.ReportRequest)
        self.check(request.cells)
        assessment = await self.assess(
            request.kernel_id, request.cells, request.in_flight, request.not_code
        )
        await self.answer(partial(_report_of, assessment))


def _report_of(assessment: Assessment) -> rest.NotebookReport:
    return rest.NotebookReport(
        assessment.kernel(),
        assessment.cells(),
        serialization.edge_reports(assessment.graph),
        assessment.imports(),
        assessment.problem_reports(assessment.problem_list()),
        assessment.summary(),
        assessment.lost_by_restart(),
    )


class PlanHandler(_RestHandler):
    """`POST plan`: what to run to fix one of the posted cells, or all."""

    @web.authenticated
    @may_run_code
    async def post(self) -> None:
        """Respond to a `NotebookPlanRequest` with a `Plan`."""
        request = self.body(rest.NotebookPlanRequest)
        self.check(request.cells)
        targets = request.targets if request.target is None else [request.target]
        known = {cell.id for cell in request.cells}
        unknown = next((it for it in targets or () if it not in known), None)
        if unknown is not None:
            raise web.HTTPError(400, f"$.target: there is no cell {quoted(unknown)}.")
        assessment = await self.assess(request.kernel_id, request.cells)
        await self.answer(partial(assessment.plan, targets, request.mode))


class GraphHandler(_RestHandler):
    """`POST graph`: the dependency graph of posted cells, as text for Graphviz or Mermaid."""

    @web.authenticated
    @may_run_code
    async def post(self) -> None:
        """Respond to a `GraphRequest` with a `DrawnGraph`."""
        request = self.body(rest.GraphRequest)
        self.check(request.cells)
        assessment = await self.assess(None, request.cells)
        write = as_dot if request.format == "dot" else as_mermaid
        await self.answer(lambda: rest.DrawnGraph(write(drawing_of(assessment.graph))))


class ToolHandler(_RestHandler):
    """`POST tools/<tool>`: what the tool for agents answers."""

    def initialize(
        self,
        name: str,
        links: LinkRegistry,
        limits: panel_messages.Limits,
        magics: Magics,
        answer_tool: Ask | None = None,
    ) -> None:
        """Store what answers; None where the tools are switched off."""
        super().initialize(name, links, limits, magics)
        self.answer_tool = answer_tool

    @web.authenticated
    @may_run_code
    async def post(self, tool: str) -> None:
        """Respond to a `ToolCall` with the answer, or with 400 and a sentence for the model."""
        call = self.body(rest.ToolCall)
        try:
            arguments = checked_arguments(tool, call.arguments)
            if self.answer_tool is None:
                raise Unanswerable(SWITCHED_OFF)
            answer = await self.answer_tool(tool, arguments)
        except Unanswerable as error:
            raise web.HTTPError(400, str(error)) from error
        self.finish(codec.encode(answer))


class DescriptionHandler(_RestHandler):
    """`GET openapi.json`: the description of the REST API."""

    @web.authenticated
    @may_run_code
    async def get(self) -> None:
        """Respond with the description that `scripts/make_protocol.py` wrote."""
        self.finish(OPENAPI.read_bytes())
