"""How is a Jupyter server asked, and what does it mean when it does not answer?"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.simple_httpclient import HTTPTimeoutError
from tornado.websocket import WebSocketClientConnection, websocket_connect

from jupyter_namespace_viz.cli.live.errors import CallRefused, NoExtension, NoKernel, ServerError
from jupyter_namespace_viz.cli.live.servers import Server
from jupyter_namespace_viz.protocol import codec, reports, rest
from jupyter_namespace_viz.protocol.errors import MalformedMessage

T = TypeVar("T")

TIMEOUT = 20.0
"""Seconds to wait for an answer; a report on a new kernel takes a few."""

MAX_REPORT_BYTES = 2**28
"""The report on the largest notebook that a server accepts has about 50 MB."""

_API = "jupyter-namespace-viz/api/"


class RunningKernel(msgspec.Struct, frozen=True):
    """A kernel as Jupyter's REST API describes it."""

    id: str
    name: str
    execution_state: str = "unknown"


class Session(msgspec.Struct, frozen=True):
    """A document that is open with a kernel; `path` is relative to the server's root."""

    path: str
    type: str
    kernel: RunningKernel | None


class _Error(msgspec.Struct):
    message: str = ""


class ServerApi:
    """One server's REST API and WebSocket; failures are raised as ServerError."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def kernels(self) -> list[RunningKernel]:
        """All running kernels."""
        return await self._ask("api/kernels", list[RunningKernel])

    async def sessions(self) -> list[Session]:
        """All documents that are open with a kernel."""
        return await self._ask("api/sessions", list[Session])

    async def report(
        self, kernel_id: str, cells: list[reports.CellText], not_code: list[str]
    ) -> rest.NotebookReport:
        """The report on the code cells; raises NoKernel when the kernel has ended."""
        body = codec.encode(rest.ReportRequest(kernel_id, cells, not_code=not_code))
        try:
            return await self._ask(f"{_API}report", rest.NotebookReport, body)
        except _Refused as refused:
            raise await self._explained(refused, kernel_id) from refused

    async def call_tool(self, tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What a tool for agents answers; raises CallRefused where the call is at fault."""
        body = codec.encode(rest.ToolCall(dict(arguments)))
        try:
            return await self._ask(f"{_API}tools/{tool}", dict[str, Any], body)
        except _Refused as refused:
            if refused.status == HTTPStatus.BAD_REQUEST:
                raise CallRefused(refused.message) from refused
            raise await self._explained(refused, None) from refused

    async def open_socket(self) -> WebSocketClientConnection:
        """A WebSocket as the panel uses it; `protocol/panel_messages.py` has its messages."""
        url = "ws" + self.server.url.removeprefix("http") + f"{_API}notebooks/ws"
        request = HTTPRequest(url, headers=self._headers(), connect_timeout=TIMEOUT)
        try:
            return await websocket_connect(request, max_message_size=MAX_REPORT_BYTES)
        except _FAILURES as error:
            raise await self._explained(self._server_error(error), None) from error

    async def _ask(self, path: str, answer_type: type[T], body: bytes | None = None) -> T:
        request = HTTPRequest(
            self.server.url + path,
            method="GET" if body is None else "POST",
            body=body,
            headers=self._headers(),
            follow_redirects=False,  # they lead to a login page, and the token is not for others
            connect_timeout=TIMEOUT,
            request_timeout=TIMEOUT,
        )
        try:
            response = await AsyncHTTPClient().fetch(request)
        except _FAILURES as error:
            raise self._server_error(error) from error
        try:
            return codec.decode_as(response.body, answer_type)
        except MalformedMessage as error:
            reason = (
                f"answers {path} in a way that is not understood ({error}). "
                "Is it a Jupyter server, and its jupyter_namespace_viz of the same version as here?"
            )
            raise ServerError(self.server.url, reason) from error

    def _headers(self) -> dict[str, str]:
        token = self.server.token
        return {} if token is None else {"Authorization": f"token {token}"}

    def _server_error(self, error: Exception) -> ServerError:
        """The exception to raise for one of _FAILURES."""
        url = self.server.url
        if isinstance(error, HTTPTimeoutError):
            return ServerError(url, f"did not answer within {TIMEOUT:.0f} seconds.")
        if isinstance(error, HTTPClientError) and error.response is not None:
            return _Refused(url, error.response, has_token=self.server.token is not None)
        if isinstance(error, ssl.SSLCertVerificationError):
            reason = (
                f"has a certificate that is not trusted here ({error.verify_message}). "
                "SSL_CERT_FILE=… names a file with the certificate to trust."
            )
            return ServerError(url, reason)
        reason = getattr(error, "strerror", None) or str(error)
        return ServerError(url, f"cannot be reached ({reason}). Is it running?")

    async def _explained(self, refused: ServerError, kernel_id: str | None) -> Exception:
        """What a refusal of our own part of the API means: Jupyter's own part is asked to see."""
        if not isinstance(refused, _Refused):
            return refused
        kernels = await self.kernels()  # raises where the server refuses everything
        if refused.status == HTTPStatus.FORBIDDEN:
            reason = "lets you read but not run code, which asking a kernel takes."
            return ServerError(self.server.url, reason)
        if refused.status not in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}:
            return refused
        if kernel_id is not None and all(kernel.id != kernel_id for kernel in kernels):
            return NoKernel(f"The kernel {kernel_id} has ended.")
        return NoExtension(self.server.url)


_FAILURES = (HTTPClientError, OSError, ValueError)


class _Refused(ServerError):
    """The server answered with an error status."""

    def __init__(self, url: str, response: HTTPResponse, has_token: bool) -> None:
        self.status = response.code
        self.message = _message_of(response)
        super().__init__(url, self._reason(has_token))

    def _reason(self, has_token: bool) -> str:
        if self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            what = "did not accept the token" if has_token else "wants a token"
            return f"{what}. `jupyter server list` shows it where the server runs: --token TOKEN."
        if self.status < 400:
            return "asks to log in first. Name its token with --token TOKEN."
        if self.status == HTTPStatus.NOT_FOUND:
            return (
                "is not where Jupyter answers. `jupyter server list` shows the whole address, "
                "base URL included."
            )
        return f"answered with an error ({self.status}): {self.message}"


def _message_of(response: HTTPResponse) -> str:
    """What the server says about its refusal."""
    try:
        return msgspec.json.decode(response.body, type=_Error).message
    except msgspec.DecodeError:
        return str(response.reason)
