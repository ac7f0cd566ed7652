"""How are the messages of one panel handled?"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web
from tornado.ioloop import PeriodicCallback
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from jupyter_namespace_viz.core.syntax.known_magics import Magics
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.notebook.cell_texts import check_size
from jupyter_namespace_viz.notebook.languages import FAILED, text_of_refusal
from jupyter_namespace_viz.notebook.session import NotebookSession
from jupyter_namespace_viz.notebook.threads import run_in_worker_thread
from jupyter_namespace_viz.protocol import codec, panel_messages
from jupyter_namespace_viz.protocol.errors import ProtocolError

PING_INTERVAL = 20_000
"""Milliseconds. A browser that lost its network is noticed here within a minute, and on its
kernels' sockets half a minute later; `kernel/transports/gateway.py` says why that matters.
"""

MOST_PLANS = 10
"""Requests for plans that wait for their turn; while there are more, no message is read."""


class NotebookSocket(ExtensionHandlerMixin, WebSocketMixin, WebSocketHandler, JupyterHandler):
    """`…/notebooks/ws`: one panel's channel for one notebook."""

    def initialize(
        self, name: str, links: LinkRegistry, limits: panel_messages.Limits, magics: Magics
    ) -> None:
        """Store what all sockets share."""
        super().initialize(name=name)
        self.links = links
        self.limits = limits
        self.magics = magics
        self.session: NotebookSession | None = None
        self.language: str | None = None
        self._plans: asyncio.Queue[panel_messages.PlanRequest] = asyncio.Queue(MOST_PLANS)
        self._planning: asyncio.Task[None] | None = None

    @property
    def max_message_size(self) -> int:
        """Tornado closes the connection above this; below it we can answer with `Refused`."""
        return 4 * self.limits.max_message_bytes

    @property
    def ping_interval(self) -> int:
        """Milliseconds between pings."""
        interval: int = super().ping_interval
        return min(interval, PING_INTERVAL)

    @property
    def ping_timeout(self) -> int:
        """Milliseconds without a pong after which the browser counts as disconnected."""
        timeout: int = super().ping_timeout
        return min(timeout, 2 * PING_INTERVAL)

    def set_default_headers(self) -> None:
        """Sets none: the JSON headers of JupyterHandler make no sense for a socket."""

    @ws_authenticated
    async def get(self, *args: str, **kwargs: str) -> None:
        """Upgrade to a socket, for those who may run code."""
        allowed = self.authorizer.is_authorized(self, self.current_user, "execute", "kernels")
        if not await ensure_async(allowed):
            raise web.HTTPError(403)
        await super().get(*args, **kwargs)

    async def open(self, *args: str, **kwargs: str) -> None:
        """Start a session and send `Hello`."""
        super().open(*args, **kwargs)
        self.set_nodelay(True)
        self.session = NotebookSession(
            self.links, self.limits.max_cells, self.magics, self._send, self.log
        )
        self._planning = asyncio.create_task(self._make_plans(self.session))
        hello = panel_messages.Hello(
            panel_messages.PROTOCOL_VERSION, self.limits, answers_pings=True
        )
        await self._send(hello)

    async def on_message(self, message: str | bytes) -> None:
        """Handle a message of the panel, or answer with `Refused`."""
        try:
            check_size(message, self.limits)
            request = codec.decode_panel_message(message)
            if self.session is None:
                return
            if isinstance(request, panel_messages.Update):
                self.language = request.language
                self.session.update(request)
            elif isinstance(request, panel_messages.Ping):
                await self._send(panel_messages.Pong())
            else:
                await self._plans.put(request)
        except Exception as error:  # noqa: BLE001
            await self._refuse(error, None)

    def send_ping(self) -> None:
        """As Jupyter does, also in the moment between the end of the connection and `on_close`."""
        with suppress(WebSocketClosedError):
            super().send_ping()

    def on_close(self) -> None:
        """End the session, and the pings, which would keep what it knows until the next one."""
        super().on_close()
        pings: PeriodicCallback | None = self.ping_callback
        if pings is not None:
            pings.stop()
        if self._planning is not None:
            self._planning.cancel()
        session, self.session = self.session, None
        if session is not None:
            session.close()

    async def _make_plans(self, session: NotebookSession) -> None:
        """Answer the requests for plans, which may take minutes, one after the other. Messages are
        read meanwhile: Tornado would close the socket if it read no answers to its pings.
        """
        while True:
            request = await self._plans.get()
            try:
                await self._send(await session.plan(request))
            except Exception as error:  # noqa: BLE001
                await self._refuse(error, request.request_id)

    async def _refuse(self, error: Exception, request_id: str | None) -> None:
        """Say what was wrong with a message. Of an error of ours, too: Tornado would close the
        socket, and the panel would connect and send the same again.
        """
        field, message = "$", str(FAILED)
        if isinstance(error, ProtocolError):
            field, message = error.field, error.message
        else:
            self.log.error("A message of the panel could not be answered.", exc_info=error)
        text = text_of_refusal(message, self.language)
        await self._send(panel_messages.Refused(field, text, request_id))

    async def _send(self, message: panel_messages.ServerMessage) -> None:
        """Send the message, and wait until it is written to the network.

        The wait creates back pressure: a session makes no further report, and after an answer no
        further message is read, so nothing piles up for a panel that does not read.
        """
        if codec.is_large(message):
            encoded = await run_in_worker_thread(codec.encode_in_pieces, message)
        else:
            encoded = codec.encode(message)
        with suppress(WebSocketClosedError):  # the panel closed the socket in the meantime
            await self.write_message(encoded)
