"""What do the verdicts on a notebook depend on, apart from its graph?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.imports.failing_imports import ImportLookup, nothing_fails
from jupyter_namespace_viz.core.kernel_state.namespace import EMPTY_NAMESPACE, Namespace
from jupyter_namespace_viz.core.kernel_state.notebooks import Neighbours
from jupyter_namespace_viz.core.kernel_state.packages.installed_packages import (
    NOTHING_INSTALLED,
    Installations,
)


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NotebookClients:
    """What the clients that show a notebook report about it, apart from its cells.

    `in_flight` are the ids of the cells that run or are queued, in that order. `deleted_cells` are
    the ids of cells that were deleted from the notebook. `sessions` are the session ids with which
    the clients send execute requests to the kernel. With `is_alone` no other notebook uses the
    kernel, as far as is known. `neighbours` maps the ids of deleted cells to those of the cells
    that stood directly above and below them. `not_code` are the ids of the cells that are not code.
    `deleted_queued` maps the ids of cells in flight that were deleted to their code: the kernel
    will run it.
    """

    in_flight: tuple[str, ...] = ()
    deleted_cells: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()
    is_alone: bool = False
    neighbours: Mapping[str, Neighbours] = field(default_factory=_nothing)
    not_code: frozenset[str] = frozenset()
    deleted_queued: Mapping[str, str] = field(default_factory=_nothing)


NO_CLIENTS = NotebookClients()


@dataclass(frozen=True, slots=True)
class VerdictContext:
    """The state of one kernel at one moment, and what the notebook's clients and files add to it.

    When `is_running` is False there is no kernel, and `namespace` is the namespace that a new one
    would start with. When `has_answered` is False nothing is known about the kernel, and every name
    that it could hold is `unknown`. When `is_silent` is True what is known may be old. When
    `is_occupied` is True the kernel starts or does not answer, or runs the code of another client,
    and the cells that are in flight are all queued.
    `language` is the kernel's language, "python" for Python. `installations` looks up installed
    packages in files, and `import_failure` how imports fail by what files show.
    """

    namespace: Namespace = EMPTY_NAMESPACE
    is_running: bool = True
    has_answered: bool = True
    is_silent: bool = False
    is_occupied: bool = False
    language: str = "python"
    clients: NotebookClients = NO_CLIENTS
    installations: Installations = field(default=NOTHING_INSTALLED, compare=False)
    import_failure: ImportLookup = field(default=nothing_fails, compare=False)

    @property
    def is_python(self) -> bool:
        """Whether the kernel runs Python."""
        return self.language == "python"

    def is_same_as(self, other: VerdictContext) -> bool:
        """Whether nothing changed; an unchanged namespace is the same object."""
        return self.namespace is other.namespace and self == other
