"""What does the live kernel say it holds?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.vocabulary import Beginning, ChangeKind, HeldKind


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of some code in this generation.

    `serial` counts the runs that were seen in this generation, from 1; it orders them even where
    `execution_count` does not (silent code has none). `cell_id` is None for code that did not come
    from a notebook cell (a console, an import that was restored) or whose client does not say.
    `client` is the session id of the client that asked for it, None where it is not known;
    `from_notebook` when that was a notebook of JupyterLab.
    """

    serial: int
    cell_id: str | None
    execution_count: int | None
    source: str
    succeeded: bool
    client: str | None = None
    from_notebook: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what a name is bound to, in this generation.

    `serial` and `cell_id` are those of the run that made it; of a change by no run, `serial` is
    that of the last run before. `again` has the serials of later runs that bound the name to the
    same object once more, which is no change.
    """

    serial: int
    cell_id: str | None
    kind: ChangeKind = "bound"
    again: tuple[int, ...] = ()

    def is_of(self, run: Run) -> bool:
        """Whether the run bound the name to what it is since this change."""
        return run.serial in self.again or (run.serial == self.serial and self.kind != "outside")


@dataclass(frozen=True, slots=True)
class HeldName:
    """One name that the kernel holds, described without running any of the user's code.

    `module` is the module's own `__name__` for modules, else where its type (or function) comes
    from. `bound_by` is the run that bound it, or None when nobody saw that happen. `changes` are
    those that are known, oldest first. `initial` when it was there before any code ran.
    """

    name: str
    kind: HeldKind
    type: str
    module: str | None = None
    version: str | None = None
    summary: str | None = None
    bound_by: Run | None = None
    changes: tuple[Change, ...] = ()
    initial: bool = False


@dataclass(frozen=True, slots=True)
class ModuleAnswer:
    """What an import of a module finds in the kernel, asked without importing it.

    `found` is False where it certainly raises ModuleNotFoundError; `absent` is then what is not
    there, the module or one above it. `certain` is False where that cannot be told; `absent` is
    then the part, if any, of which no file is seen, nor a word in the package above. `loaded_as` is
    the `__name__` of the module that an import would bind now (`os.path` gives `posixpath`), None
    while it is not loaded. `file` is that of the loaded module, else the one that would be
    imported; `files` are those that a new kernel would find, the first of which it would take, and
    `own_files` those of them that are neither Python's nor an installed package's. `changed` are
    the modules, itself and its parts, whose files changed since they were imported, None where that
    cannot be told; autoreload brings them in before the next run if `reloads`. `gone` when its file
    is no more. `mark` stands for all this in further questions.
    """

    name: str
    found: bool
    loaded_as: str | None = None
    certain: bool = True
    absent: str | None = None
    version: str | None = None
    file: str | None = None
    files: tuple[str, ...] = ()
    own_files: tuple[str, ...] = ()
    changed: tuple[str, ...] | None = ()
    gone: bool = False
    reloads: bool = False
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Namespace:
    """The kernel namespace in one generation, at one moment.

    `runs` has the last run of each cell id, `other_runs` the runs without a cell id (those before
    the probe was there included), oldest first. `deleted_by` has, for names that are not held any
    more, the run that removed them. `lost` are the names that the generation before held when it
    ended. `star_names` has what star imports give of the modules that are loaded, `paths` is the
    kernel's `sys.path`, empty while it is not known, `folder` the one that it works in. `complete`
    is False when the kernel had run code that nobody could tell us of. `running` are the ids of the
    cells that run now, as far as the kernel has told. `drew` has, by the serial of a run, the known
    states of the random numbers that it drew from (`random_states.py`). `builtins` are those
    of the kernel's Python, None while they are not known. `took` has the seconds of the last run of
    each cell id that succeeded, in this generation or in one before.
    """

    generation: int
    beginning: Beginning = "unknown"
    names: Mapping[str, HeldName] = field(default_factory=_nothing)
    runs: Mapping[str, Run] = field(default_factory=_nothing)
    other_runs: tuple[Run, ...] = ()
    deleted_by: Mapping[str, Run] = field(default_factory=_nothing)
    lost: frozenset[str] = frozenset()
    modules: Mapping[str, ModuleAnswer] = field(default_factory=_nothing)
    star_names: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    paths: tuple[str, ...] = ()
    folder: str = ""
    python: str | None = None
    complete: bool = True
    running: tuple[str, ...] = ()
    drew: Mapping[int, Mapping[RandomNumbers, int]] = field(default_factory=_nothing)
    builtins: frozenset[str] | None = None
    took: Mapping[str, float] = field(default_factory=_nothing)


EMPTY_NAMESPACE = Namespace(generation=0)
"""Holds nothing: what Restart & Run All begins with."""
