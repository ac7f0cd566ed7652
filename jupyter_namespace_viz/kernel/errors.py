"""Why can a question about a kernel not be answered?

KernelError
├── UnknownKernel        no kernel has this id
├── KernelGone           the gateway does not have it any more
└── KernelSilent         the kernel did not answer in time
    └── ConnectionLost   there is no connection over which it could
"""

from __future__ import annotations

from jupyter_namespace_viz.protocol.errors import quoted


class KernelError(Exception):
    """A question about a kernel cannot be answered."""

    @property
    def message(self) -> str:
        """The sentence that it was raised with; `str` makes plain English of it."""
        message: str = self.args[0]
        return message


class UnknownKernel(KernelError):
    """No kernel has this id, or not any more."""

    def __init__(self, kernel_id: str) -> None:
        super().__init__(
            f"There is no kernel {quoted(kernel_id)}. Start one, or ask for a running one."
        )
        self.kernel_id = kernel_id


class KernelGone(KernelError):
    """The gateway does not have the kernel any more. The message is a sentence for the user."""


class KernelSilent(KernelError):
    """The kernel did not answer in time, or its process ended meanwhile."""


class ConnectionLost(KernelSilent):
    """There is no connection to the kernel now. The message is a sentence for the user."""
