"""What do all verdicts on one notebook depend on, besides its graph?"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_namespace_viz.core.kernel_state.installed_packages import (
    NOTHING_INSTALLED,
    Installations,
)
from jupyter_namespace_viz.core.kernel_state.namespace import EMPTY_NAMESPACE, Namespace


@dataclass(frozen=True, slots=True)
class NotebookClients:
    """What the clients that show a notebook say about it, besides its cells.

    `in_flight` are the ids of the cells that run or are queued, in that order. `deleted_cells` are
    the ids of cells that the notebook had. `sessions` are the session ids with which the clients
    send execute requests to the kernel.
    """

    in_flight: tuple[str, ...] = ()
    deleted_cells: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()


NO_CLIENTS = NotebookClients()


@dataclass(frozen=True, slots=True)
class VerdictContext:
    """The circumstances of one kernel at one moment.

    Unless it `is_running` there is no kernel, and `namespace` is what one would begin with. Unless
    it `has_answered` nothing is known of the kernel, and every name that it could hold is
    `unknown`. Where it `is_silent`, what is known may be old. `language` is that of the kernel, in
    lower case where it is Python. `installations` adds what files say about packages.
    """

    namespace: Namespace = EMPTY_NAMESPACE
    is_running: bool = True
    has_answered: bool = True
    is_silent: bool = False
    language: str = "python"
    clients: NotebookClients = NO_CLIENTS
    installations: Installations = field(default=NOTHING_INSTALLED, compare=False)

    @property
    def is_python(self) -> bool:
        """Whether the kernel runs Python."""
        return self.language == "python"

    def is_same_as(self, other: VerdictContext) -> bool:
        """Whether nothing changed. A namespace in which nothing changed is the same object."""
        return self.namespace is other.namespace and self == other
