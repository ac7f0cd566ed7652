"""What is said of one thing that would be raised?"""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_namespace_viz.core.vocabulary import FindingStatus, Reason

_STATUS: dict[str, FindingStatus] = {
    "NameError": "missing",
    "ModuleNotFoundError": "not_installed",
    "SyntaxError": "syntax_error",
    "AttributeError": "clobbered",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell would raise for a name, or might where not `certain`.

    `error` is the exception's class. `provider` is the id of the cell that the sentence speaks
    of; `name` is None for text that is no Python. `line` counts from 1 in the cell.

    A module that is shadowed is there, but is not what its import should give, so its status is
    that of any such name, `clobbered`; and AttributeError is what is raised most often, for what
    the other module has. Whether that is so is never certain.
    """

    cell_id: str
    name: str | None
    error: str
    reason: Reason | None
    certain: bool
    provider: str | None
    message: str
    line: int | None

    @property
    def status(self) -> FindingStatus:
        """What is wrong with the name, or with the text."""
        return _STATUS[self.error]
