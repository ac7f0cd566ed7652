"""What does a forecast report about one error?"""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyter_namespace_viz.core.sentences import Sentence
from jupyter_namespace_viz.core.vocabulary import FindingStatus, Reason

_STATUS: dict[str, FindingStatus] = {
    "NameError": "missing",
    "ImportError": "not_installed",
    "ModuleNotFoundError": "not_installed",
    "SyntaxError": "syntax_error",
    "AttributeError": "clobbered",
    "UsageError": "missing",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell would raise an error for a name, or might raise it where not `certain`.

    `error` is the name of the exception's class. `provider` is the id of the cell that `message`
    mentions. `name` is None for text that does not parse. `line` counts from 1 in the cell.

    For a shadowed module the status is `clobbered`, as its import binds another module than
    intended, and the error is AttributeError, the most frequent one, for attributes that only the
    intended module has. It is never certain.

    `imported` is the module whose import raises, None for other errors. With `is_consequence` the
    cell would not raise but for an error of a cell above. With `before_run` none of its statements
    runs before the error is raised. `order` is the same as in `Use`.
    """

    cell_id: str
    name: str | None
    error: str
    reason: Reason | None
    certain: bool
    provider: str | None
    message: Sentence
    line: int | None
    imported: str | None = None
    is_consequence: bool = False
    before_run: bool = False
    order: int | None = field(default=None, compare=False)

    @property
    def status(self) -> FindingStatus:
        """What is wrong with the name, or with the text."""
        return _STATUS[self.error]
