"""How can an import fail, and where do imports look?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

ImportError_ = Literal["ModuleNotFoundError", "ImportError", "NameError", "SyntaxError"]


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """Why an import certainly raises `error`.

    `module` is the one that is not there, that lacks the name `name`, or in which the error
    happens: there `name` is the missing name of a NameError. `file` is the user's own file, if any,
    and `line` its line, on which the error happens; None where the notebook's import raises itself.
    With `is_blocked` the module has None in `sys.modules`, though it may be installed.
    """

    error: ImportError_
    module: str
    name: str | None = None
    file: str | None = None
    line: int | None = None
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class SearchState:
    """Where imports look after some cells have run, as far as these change it.

    `folder` is the working directory, relative to the notebook's folder. `before` and `after` are
    the folders that were added in front of and behind the others, `files` those that cells have
    written, with their texts, None where a text is not known. `modules` are those that cells put
    into `sys.modules`, `blocked` those for which they put None there. With `is_open` cells may have
    made any module importable.
    """

    folder: str = "."
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    files: tuple[tuple[str, str | None], ...] = ()
    modules: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    is_open: bool = False


UNCHANGED = SearchState()

ImportLookup = Callable[[str, str | None, SearchState], ImportFailure | None]
"""Takes a module, and the name that is taken from it, if any. Returns how the import certainly
fails; None where it may succeed."""


def may_set_attribute(name: str, sources: Iterable[str]) -> bool:
    """Whether one of these texts may bind the name in a module: `m.name = 1`."""
    sets = re.compile(rf"\.{name}\b[^\n]*=|['\"]{name}['\"]")
    return any(sets.search(source) is not None for source in sources)


def nothing_fails(
    module: str,  # noqa: ARG001
    name: str | None,  # noqa: ARG001
    state: SearchState,  # noqa: ARG001
) -> None:
    """The lookup in an environment that is not known."""
    return
