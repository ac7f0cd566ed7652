"""What does a watcher see of one kernel?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace
from jupyter_namespace_viz.core.vocabulary import KernelState


@dataclass(frozen=True, slots=True)
class KernelView:
    """One kernel at one moment.

    `as_of` is the time for which `namespace` is known to be right (UTC); None while this generation
    has reported nothing, and then `namespace` is empty because nothing is known. `language` is None
    until it is known. `shares_files` is false where the kernel runs on another machine, so that its
    paths mean nothing here. `running_clients` are the session ids of the clients whose code runs,
    and `running_codes` their codes, as far as they are known. `message` is a sentence for the user
    that explains the state, or None.
    """

    kernel_id: str
    state: KernelState
    language: str | None
    as_of: datetime | None
    namespace: Namespace
    shares_files: bool
    message: str | None
    running_clients: frozenset[str] = frozenset()
    running_codes: frozenset[str] = frozenset()

    @property
    def is_first_answer_due(self) -> bool:
        """Whether the first answer about its names is on its way.

        False for a process that starts *again*: that the names are lost is worth a report.
        """
        starts = self.state == "starting" and self.namespace.generation == 1
        return starts or self.state == "connecting"

    @property
    def is_watched(self) -> bool:
        """Whether code that runs from now on is seen, or never will be."""
        return self.state not in {"starting", "connecting"}
