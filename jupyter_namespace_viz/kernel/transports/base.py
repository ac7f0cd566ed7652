"""What does the link need from a connection to a kernel?

`KernelTransport` and `KernelChannels` are all that the modules above rely on. `local.py` implements
them for kernels that the server runs itself, `gateway.py` for kernels behind a gateway.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from jupyter_namespace_viz.kernel.errors import KernelError
from jupyter_namespace_viz.kernel.transports.endings import ProcessEnd

Message = dict[str, Any]
"""A Jupyter message: at least `header`, `parent_header` (a dict, maybe empty) and `content`."""

Channel = Literal["shell", "control"]

READ_ON_IOPUB = ('"status"', '"execute_input"', '"shutdown_reply"')
"""Types of messages that are read besides those of our comm. Outputs may be large and many, so
other messages are not even parsed."""


class Unreachable(KernelError):
    """The kernel's manager offers no connection to the kernel."""


class ChannelsListener(Protocol):
    """Receives what comes from the kernel. All methods are called on the event loop."""

    def on_iopub(self, message: Message) -> None:
        """A status, an announced run, a shutdown, or a message of our comm has arrived."""

    def on_ended(self, end: ProcessEnd) -> None:
        """The kernel's process has ended or is about to, and has not announced it itself."""

    def on_found_dead(self) -> None:
        """The manager's restarter has found the process dead and starts it again."""

    def on_connection_lost(self, message: str) -> None:
        """The connection is lost, which says nothing about the process; `message` is for users."""


class KernelChannels(Protocol):
    """Our own connection to one kernel."""

    session_id: str
    comm_id: str | None

    @property
    def hears_first_message(self) -> bool:
        """Whether the first message of a starting process arrives here, and can be awaited."""

    def is_current(self) -> bool:
        """Whether these channels still lead to the kernel; a restart may have moved its ports."""

    def note_restarted(self) -> None:
        """The server has restarted the kernel: it may have moved."""

    def send(self, channel: Channel, message_type: str, content: Message) -> str:
        """Sends a message and returns its id; raises KernelSilent on closed channels."""

    async def request(
        self,
        channel: Channel,
        message_type: str,
        content: Message,
        timeout: float | None,
        again: float | None = None,
    ) -> Message:
        """Sends a message and waits for its reply; raises KernelSilent after `timeout` seconds.

        With `again` the message is sent every `again` seconds until one of them is answered,
        because a process that ends loses what it has not read.
        """

    def close(self) -> None:
        """Closes the connection; safe to call twice. Pending requests raise KernelSilent."""


class KernelTransport(Protocol):
    """What the server knows of one kernel's process, and how to connect to it."""

    shares_files: bool
    """Whether the kernel's paths mean the same on the server."""

    longest_disconnect_delay: float
    """Seconds for which a connection may be kept at most while there is no watcher."""

    def has_process(self) -> bool:
        """Whether there is a process to connect to; raises Unreachable if that is impossible."""

    def is_starting(self) -> bool:
        """Whether the process has been started and has published nothing yet."""

    def other_language(self) -> tuple[str, str | None] | None:
        """Language and name of a kernel that is known not to be for Python, else None."""

    def end_of_announced_shutdown(self, restart: bool) -> ProcessEnd:
        """What a `shutdown_reply` of the process means; `restart` is what it says."""

    def follow_restarter(self, listener: ChannelsListener) -> None:
        """Reports to `listener` what the manager's restarter finds; safe to repeat.

        The restarter is created when the kernel first starts.
        """

    def leave_restarter(self) -> None:
        """Undoes `follow_restarter`; safe to call twice."""

    async def connect(self, listener: ChannelsListener, timeout: float) -> KernelChannels:
        """Connects to the process, if `has_process`; raises KernelSilent or KernelGone."""
