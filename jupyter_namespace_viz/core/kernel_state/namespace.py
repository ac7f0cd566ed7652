"""What does the kernel hold, and which runs and changes led to it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.graph.enrichment.observed_names import ObservedNames
from jupyter_namespace_viz.core.vocabulary import Beginning, ChangeKind, HeldKind

MOST_CHANGES = 50
"""How many changes of one name, and runs that bound the same object again, are remembered."""


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of some code in this generation.

    `serial` counts the runs that were seen in this generation, from 1. It orders all runs;
    `execution_count` does not, as silent code has none. `cell_id` is None for code that does not
    come from a notebook cell (a console, a restored import), or whose client does not send it.
    `client` is the session id of the client that requested the run, None where it is not known;
    `from_notebook` is whether that client was a notebook of JupyterLab. `earlier` are the serials
    of further runs, where a cell contains the texts of several that had the effect of one.
    `may_be_of` are the ids of the cells one of which made a run without a `cell_id`, where more
    than one may have; an empty id is a cell of another notebook.

    `error` is the name of the exception's class that the run raised, None where it raised none or
    it is not known. `missing_module` is the module that it did not find, where it raised
    ModuleNotFoundError, and `missing_name` the global name, where it raised NameError.
    """

    serial: int
    cell_id: str | None
    execution_count: int | None
    source: str
    succeeded: bool
    client: str | None = None
    from_notebook: bool = False
    error: str | None = None
    missing_module: str | None = None
    missing_name: str | None = None
    earlier: tuple[int, ...] = ()
    may_be_of: tuple[str, ...] = ()

    @property
    def began(self) -> int:
        """The serial of the first of its runs."""
        return self.earlier[0] if self.earlier else self.serial


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the object that a name is bound to, in this generation.

    `serial` and `cell_id` are those of the run that made the change; where no run made it, `serial`
    is that of the last run before. `again` are the serials of later runs that bound the name to the
    same object again, which is no change.
    """

    serial: int
    cell_id: str | None
    kind: ChangeKind = "bound"
    again: tuple[int, ...] = ()

    def is_of(self, run: Run) -> bool:
        """Whether the run bound or mutated the object that the name has had since this change."""
        serial = run.serial
        if serial in self.again or (serial == self.serial and self.kind != "outside"):
            return True
        return any(it in self.again or it == self.serial for it in run.earlier)


@dataclass(frozen=True, slots=True)
class HeldName:
    """One name that the kernel holds, described without running any of the user's code.

    `module` is `__name__` for a module, else the module that defines the function, the class, or
    the object's type. `bound_by` is the run that bound the name, None when it was not seen.
    `changes` are the known changes, oldest first. `initial` is whether the name was bound before
    any code ran.
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

    @property
    def cell_text(self) -> str | None:
        """The text of the cell's run that bound the name, None where no cell was seen to."""
        run = self.bound_by
        return None if run is None or run.cell_id is None else run.source


@dataclass(frozen=True, slots=True)
class ModuleAnswer:
    """What an import of a module would find in the kernel, determined without importing it.

    `found` is False where the import certainly raises ModuleNotFoundError; `absent` is then the
    module that does not exist, this one or a package above it. `certain` is False where it is not
    known whether the module exists; `absent` is then the submodule, if any, that has no file and
    that the text of its package does not mention.

    `loaded_as` is the `__name__` of the module that an import would bind now (`posixpath` for
    `os.path`), None while it is not loaded. `file` is the file of the loaded module, else the one
    that would be imported. `files` are all files that a new kernel would find, the one that it
    would import first; `own_files` are those of them that belong neither to Python nor to an
    installed package.

    `changed` are the modules, this one and its submodules, whose files changed since they were
    imported, None where that is not known. `names` are then those that the loaded module holds,
    None where only its code could tell. `reloads` is whether autoreload loads them again before
    the next run. `gone` is whether the module's file no longer exists. `mark` identifies this
    answer in further requests to the probe.
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
    names: tuple[str, ...] | None = None
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Namespace:
    """The kernel's namespace in one generation, at one moment.

    `beginning` is how the generation began. `names` maps each held name to its description.
    `runs` maps each cell id to the cell's last run; `replaced_runs` are the last ones by clients
    that were not the last to run the cell, and `former_runs` the last ones of another text than
    that of the last run. `other_runs` are the runs without a cell id, oldest first, including those
    before the probe was installed. `deleted_by` maps names that are
    no longer held to the run that deleted them. `lost` are the names that the previous generation
    held when it ended, and `lost_modules` those of them that were bound to modules.

    `modules` maps module names to what an import would find. `star_names` maps name sources, as
    their texts, to the names that they bind, where their modules are loaded; `former_star_names` to
    those that they bound in an earlier generation. `paths` is the kernel's `sys.path`, empty while
    it is not known; `folder` is its working directory. `python` is the path of its interpreter,
    `version` the version of its Python, and `builtins` are the builtin names of that Python; each
    is None while it is not known.

    `complete` is False when the kernel had run code that the probe could not learn about. `running`
    are the ids of the cells that run now, as last reported, `running_untagged` the runs without a
    cell id that are not over. `drew` maps the serials of runs to the
    known states of the random numbers that they drew from (see `random_states.py`). `took` maps
    cell ids to the duration, in seconds, of the cell's last successful run, in this generation or
    an earlier one. `observed` are the names that cells bound in earlier generations without
    showing it.
    """

    generation: int
    beginning: Beginning = "unknown"
    names: Mapping[str, HeldName] = field(default_factory=_nothing)
    runs: Mapping[str, Run] = field(default_factory=_nothing)
    replaced_runs: tuple[Run, ...] = ()
    former_runs: tuple[Run, ...] = ()
    other_runs: tuple[Run, ...] = ()
    deleted_by: Mapping[str, Run] = field(default_factory=_nothing)
    lost: frozenset[str] = frozenset()
    lost_modules: frozenset[str] = frozenset()
    modules: Mapping[str, ModuleAnswer] = field(default_factory=_nothing)
    star_names: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    former_star_names: Mapping[str, frozenset[str]] = field(default_factory=_nothing)
    paths: tuple[str, ...] = ()
    folder: str = ""
    python: str | None = None
    version: tuple[int, int] | None = None
    complete: bool = True
    running: tuple[str, ...] = ()
    running_untagged: tuple[Run, ...] = ()
    drew: Mapping[int, Mapping[RandomNumbers, int]] = field(default_factory=_nothing)
    builtins: frozenset[str] | None = None
    took: Mapping[str, float] = field(default_factory=_nothing)
    observed: ObservedNames = field(default_factory=_nothing)


EMPTY_NAMESPACE = Namespace(generation=0)
"""Holds nothing, as a kernel does when Restart & Run All begins."""
