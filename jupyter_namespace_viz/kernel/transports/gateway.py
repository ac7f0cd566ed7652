"""How is a kernel reached that runs behind a gateway?

Over a websocket of our own to the gateway's `…/api/kernels/<id>/channels`; the server's own client
for gateways knows the address, the token and the certificates.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.gateway.gateway_client import GatewayClient
from jupyter_server.utils import url_path_join
from tornado.escape import url_escape
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.kernel.errors import ConnectionLost, KernelGone
from jupyter_namespace_viz.kernel.transports.base import ChannelsListener
from jupyter_namespace_viz.kernel.transports.endings import RESTARTED, SHUT_DOWN, ProcessEnd
from jupyter_namespace_viz.kernel.transports.gateway_channels import GatewayChannels
from jupyter_namespace_viz.kernel.transports.pending_replies import is_done

LARGEST_MESSAGE = 2**31 - 1
"""Bytes; a larger message breaks the connection, and outputs that we do not read may be large."""

LONGEST_DISCONNECT_DELAY = 5.0
"""Seconds. When a browser loses its network, the gateway keeps the kernel's messages for it, but
only for the connection that ends last. That must not be ours: the loss of the panel's socket is
noticed before that of the kernel's (`NotebookSocket`), and ours is closed soon after it."""

NO_RESPONSE = 599
"""Tornado's status code for a connection that breaks before there is an answer."""


class GatewayTransport:
    """The transport to a kernel whose process a gateway has started for the server."""

    shares_files = False
    longest_disconnect_delay = LONGEST_DISCONNECT_DELAY

    def __init__(self, kernel_manager: Any, log: logging.Logger) -> None:
        self._manager = kernel_manager
        self._log = log

    def has_process(self) -> bool:
        """Whether the gateway had the kernel when it was last asked."""
        return bool(self._manager.has_kernel)

    def is_starting(self) -> bool:
        """Never: a gateway accepts no connection before the process has answered the gateway."""
        return False

    def other_language(self) -> tuple[str, str | None] | None:
        """Unknown until the kernel is asked: the gateway has the kernel's spec."""
        return None

    def end_of_announced_shutdown(self, restart: bool) -> ProcessEnd:
        """What the process says. One that has ended by itself counts as shut down until the gateway
        reports that it restarts it."""
        return RESTARTED if restart else SHUT_DOWN

    def follow_restarter(self, listener: ChannelsListener) -> None:
        """Nothing to do: the gateway reports on the channels what its own restarter finds."""

    def leave_restarter(self) -> None:
        """Nothing to undo."""

    async def connect(self, listener: ChannelsListener, timeout: float) -> GatewayChannels:
        """Connects, in `timeout` seconds at most; raises ConnectionLost or KernelGone."""
        session_id = uuid.uuid4().hex
        channels = GatewayChannels(self._manager, session_id, listener, self._log)
        client = GatewayClient.instance()
        url = url_path_join(
            client.ws_url or "",
            client.kernels_endpoint,
            url_escape(str(self._manager.kernel_id)),
            f"channels?session_id={session_id}",
        )
        arguments = client.load_connection_args()  # type: ignore[no-untyped-call]
        arguments["connect_timeout"] = min(timeout, arguments.get("connect_timeout", timeout))
        connecting = asyncio.ensure_future(
            websocket_connect(
                HTTPRequest(url, **arguments),
                on_message_callback=channels.on_text,
                max_message_size=LARGEST_MESSAGE,
            )
        )
        gateway = _host_of(url)
        try:
            if not await is_done(connecting, timeout):
                raise ConnectionLost(
                    sentence("The gateway {gateway} is not responding. Retrying…", gateway=gateway)
                )
            channels.socket = connecting.result()
        except HTTPClientError as error:
            raise _problem_of(error, gateway) from error
        except OSError as error:
            raise _unreached(gateway) from error
        finally:
            if channels.socket is None:
                connecting.add_done_callback(_close_when_connected)
        return channels


def _host_of(url: str) -> str:
    """The part of the address that may be shown: no user, no password."""
    parts = urlsplit(url)
    return parts.hostname or "" if parts.port is None else f"{parts.hostname}:{parts.port}"


def _unreached(gateway: str) -> ConnectionLost:
    return ConnectionLost(
        sentence("The gateway {gateway} cannot be reached. Retrying…", gateway=gateway)
    )


def _problem_of(error: HTTPClientError, gateway: str) -> ConnectionLost | KernelGone:
    if error.code == HTTPStatus.NOT_FOUND:
        return KernelGone(
            sentence("The gateway {gateway} no longer has this kernel.", gateway=gateway)
        )
    if error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ConnectionLost(
            sentence(
                "The gateway {gateway} refused the connection ({error}): check the token that this "
                "server has for it.",
                gateway=gateway,
                error=f"{error.code} {error.message}",
            )
        )
    if error.code == NO_RESPONSE:
        return _unreached(gateway)
    return ConnectionLost(
        sentence(
            "The gateway {gateway} refused the connection ({error}). Retrying…",
            gateway=gateway,
            error=f"{error.code} {error.message}",
        )
    )


def _close_when_connected(connecting: asyncio.Future[WebSocketClientConnection]) -> None:
    """Closes a connection that opened after the wait for it had timed out."""
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().close()
