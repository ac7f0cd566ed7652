"""Which packages are installed in the kernel's environment, and in the server's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jupyter_namespace_viz.core.kernel_state.packages.common_distributions import (
    COMMON_DISTRIBUTIONS,
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed package; `name` is what an installer calls it."""

    name: str
    version: str


def not_known(_: str) -> None:
    """The lookup for an environment that cannot be read, or is not searched."""


@dataclass(frozen=True, slots=True)
class Installations:
    """Looks up what the files of environments show.

    `owner_of` takes the path of a file of the kernel's environment and returns the distribution
    that installed it. `server_module_of` takes the name of a top-level module that the kernel's
    environment does not have, and returns the server's module of that name. Both return None where
    there is none, or it is not known.
    """

    owner_of: Callable[[str], Distribution | None] = not_known
    server_module_of: Callable[[str], ServerModule | None] = not_known

    def at_server(self, module: str) -> tuple[bool, str | None]:
        """Whether the server's environment has a module that the kernel's does not have, and the
        name of its distribution: that of the server's module, else that of a well-known one; None
        where it is not known. Submodules are not looked up.
        """
        found = self.server_module_of(module) if "." not in module else None
        distribution = None if found is None else found.distribution
        name = COMMON_DISTRIBUTIONS.get(module) if distribution is None else distribution.name
        return found is not None, name


@dataclass(frozen=True, slots=True)
class ServerModule:
    """A module of the server's environment; `distribution` is None where it is not known."""

    distribution: Distribution | None


NOTHING_INSTALLED = Installations()
