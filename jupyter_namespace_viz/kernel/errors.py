"""What can be wrong with what somebody asks about a kernel?

KernelError
├── UnknownKernel   no kernel has this id
└── KernelSilent    the kernel did not answer in time
"""

from __future__ import annotations


class KernelError(Exception):
    """Something about a kernel that cannot be done."""


class UnknownKernel(KernelError):
    """No kernel has this id, or not any more."""

    def __init__(self, kernel_id: str) -> None:
        super().__init__(f"There is no kernel {kernel_id!r}. Start one, or ask for a running one.")
        self.kernel_id = kernel_id


class KernelSilent(KernelError):
    """The kernel did not answer in time, or its life ended meanwhile."""
