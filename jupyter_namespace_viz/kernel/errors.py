"""What can be wrong with what somebody asks about a kernel?

KernelError
├── UnknownKernel        no kernel has this id
├── KernelGone           the gateway that ran it does not have it any more
└── KernelSilent         the kernel did not answer in time
    └── ConnectionLost   there is no connection over which it could
"""

from __future__ import annotations


class KernelError(Exception):
    """Something about a kernel that cannot be done."""


class UnknownKernel(KernelError):
    """No kernel has this id, or not any more."""

    def __init__(self, kernel_id: str) -> None:
        super().__init__(f"There is no kernel {kernel_id!r}. Start one, or ask for a running one.")
        self.kernel_id = kernel_id


class KernelGone(KernelError):
    """Whoever ran the kernel does not have it any more. Says so in a sentence for the user."""


class KernelSilent(KernelError):
    """The kernel did not answer in time, or its life ended meanwhile."""


class ConnectionLost(KernelSilent):
    """There is no connection to the kernel now. Says why in a sentence for the user."""
