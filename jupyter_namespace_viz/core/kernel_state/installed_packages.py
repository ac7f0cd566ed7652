"""What is known of packages that are installed, in the kernel's environment and in the server's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed package, by the name under which it is installed."""

    name: str
    version: str


def not_known(_: str) -> None:
    """Of files that nobody can read, and of modules that nobody looked for."""


@dataclass(frozen=True, slots=True)
class Installations:
    """What files tell of environments: `owner_of` which distribution brought the kernel's file, and
    `servers` whether the server's own environment has a top-level module that the kernel's has not.
    """

    owner_of: Callable[[str], Distribution | None] = not_known
    servers: Callable[[str], ServerModule | None] = not_known

    def at_server(self, module: str) -> tuple[bool, str | None]:
        """Whether the server's environment has a module that the kernel's has not, and from which
        distribution; of parts of packages that is not told.
        """
        found = self.servers(module) if "." not in module else None
        known = None if found is None else found.distribution
        return found is not None, None if known is None else known.name


@dataclass(frozen=True, slots=True)
class ServerModule:
    """A module of the server's environment; None where no distribution says that it brought it."""

    distribution: Distribution | None


NOTHING_INSTALLED = Installations()
