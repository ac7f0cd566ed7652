"""Which line magics bind or delete names, and what do they do to them?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jupyter_namespace_viz.core.syntax.known_magics import Body, KnownMagic
from jupyter_namespace_viz.core.syntax.name_sources import (
    NameSource,
    RunFile,
    StarImport,
    StoredNames,
)


@dataclass(frozen=True, slots=True)
class MagicLine:
    """A line magic: the Python that it runs, and what it does to names.

    `source` binds names that the text does not show. `clears_namespace` is True where the magic
    deletes all names. `declares` are the magics that later lines know by new names, by their marked
    names; None where a name is given up. `imports` are the modules that it imports. The other
    fields are those of a `MagicCell`.
    """

    python: str | None = None
    body: Body = "other"
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    interpolates: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    source: NameSource | None = None
    clears_namespace: bool = False
    declares: tuple[tuple[str, KnownMagic | None], ...] = ()
    imports: tuple[str, ...] = ()
    compiles: bool = False


_OWN_EXTENSIONS = frozenset({"autoreload", "storemagic"})


def identifiers(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that may be names."""
    return tuple(word for word in words if word.isidentifier())


def _pylab(words: list[str]) -> MagicLine:
    """The module `pylab` is not imported; what `matplotlib.pylab` gives has some of the names."""
    imports = ("matplotlib", "numpy")
    binds = ("display", "figsize", "getfigs", "numpy", "pylab", "pyplot")
    if "--no-import-all" in words:
        return MagicLine(binds=(*binds, "matplotlib", "mlab", "np", "plt"), imports=imports)
    return MagicLine(binds=binds, source=StarImport("matplotlib.pylab"), imports=imports)


def _matplotlib(_words: list[str]) -> MagicLine:
    return MagicLine(imports=("matplotlib",))


def _load_ext(words: list[str]) -> MagicLine:
    """`%load_ext module`; IPython finds its own extensions under a short name."""
    is_module = len(words) == 1 and all(part.isidentifier() for part in words[0].split("."))
    return MagicLine(imports=tuple(words) if is_module and words[0] not in _OWN_EXTENSIONS else ())


def _run(words: list[str]) -> MagicLine:
    return MagicLine(source=RunFile(tuple(words)))


def _store(words: list[str]) -> MagicLine:
    names = identifiers(words)
    if "-r" not in words:
        return MagicLine(interpolates=names)  # a missing name raises UsageError, no NameError
    return MagicLine(binds=names) if names else MagicLine(source=StoredNames())


def _reset(words: list[str]) -> MagicLine:
    """`%reset in` and the like clear other things than the namespace."""
    return MagicLine(clears_namespace=all(word.startswith("-") for word in words))


def _xdel(words: list[str]) -> MagicLine:
    return MagicLine(deletes=identifiers(words))


def _macro(words: list[str]) -> MagicLine:
    return MagicLine(binds=identifiers(words)[:1])


def _push(words: list[str]) -> MagicLine:
    return MagicLine(reads=identifiers(words))


def _pull(words: list[str]) -> MagicLine:
    return MagicLine(binds=identifiers(words))


def _aimport(words: list[str]) -> MagicLine:
    """`%aimport a, b.c` imports the modules; `-a` only stops reloading one."""
    modules = (word.strip(",") for word in words)
    return MagicLine(binds=identifiers(module.partition(".")[0] for module in modules))


def _alias(words: list[str]) -> MagicLine:
    """`%alias name command`"""
    known = KnownMagic("other", "shell")
    return MagicLine(declares=((f"%{words[0]}", known),)) if len(words) > 1 else MagicLine()


def _unalias(words: list[str]) -> MagicLine:
    return MagicLine(declares=tuple((f"%{word}", None) for word in words))


def _alias_magic(words: list[str]) -> MagicLine:
    """`%alias_magic --cell name magic`"""
    names = [word.lstrip("%") for word in words if not word.startswith("-")]
    if len(names) < 2:
        return MagicLine()
    name, magic = names[-2:]
    only_line, only_cell = {"-l", "--line"} & {*words}, {"-c", "--cell"} & {*words}
    known = KnownMagic("other", alias_of=magic)
    marks = ([] if only_cell else ["%"]) + ([] if only_line else ["%%"])
    return MagicLine(declares=tuple((mark + name, known) for mark in marks))


def _sc(words: list[str]) -> MagicLine:
    """`%sc -l name=command`"""
    first = next((word for word in words if not word.startswith("-")), "")
    name, is_bound, _ = first.partition("=")
    return MagicLine(binds=identifiers([name] if is_bound else []))


def _nothing(_words: list[str]) -> MagicLine:
    return MagicLine()


SPECIAL_LINES: dict[str, Callable[[list[str]], MagicLine]] = {
    "Rpull": _pull,
    "Rpush": _push,
    "aimport": _aimport,
    "alias": _alias,
    "alias_magic": _alias_magic,
    "load_ext": _load_ext,
    "macro": _macro,
    "matplotlib": _matplotlib,
    "pinfo": _nothing,
    "pinfo2": _nothing,
    "pylab": _pylab,
    "reload_ext": _load_ext,
    "reset": _reset,
    "run": _run,
    "sc": _sc,
    "store": _store,
    "unalias": _unalias,
    "xdel": _xdel,
}
