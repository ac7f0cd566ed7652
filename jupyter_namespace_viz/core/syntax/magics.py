"""What does a magic do to names?"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jupyter_namespace_viz.core.syntax.known_magics import (
    AUTOMAGICS,
    CELL_MAGICS,
    LINE_MAGICS,
    Body,
    KnownMagic,
    Magics,
)
from jupyter_namespace_viz.core.syntax.name_sources import (
    NameSource,
    RunFile,
    StarImport,
    StoredNames,
)


@dataclass(frozen=True, slots=True)
class MagicCell:
    """A cell, or the text of a call, that a cell magic handles.

    `line` is the line of the magic, from 1. `text` is the part that is Python, empty where there is
    none; `first_line` is the line of the cell on which it starts. `binds` and `reads` are the names
    in the options of the magic, `interpolates` the names whose values IPython inserts into them,
    where the kernel holds these names.
    """

    line: int
    body: Body
    language: str
    text: str
    first_line: int
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    interpolates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MagicLine:
    """A line magic: the Python that it runs, and what it does to names.

    `source` binds names that the text does not show. `clears_namespace` is True where the magic
    deletes all names. `imports` are the modules that it imports. The other fields are those of a
    `MagicCell`.
    """

    python: str | None = None
    body: Body = "other"
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    interpolates: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    source: NameSource | None = None
    clears_namespace: bool = False
    imports: tuple[str, ...] = ()


_WORD_AND_REST = re.compile(r"(\w+)(?![\w.*])[^\S\n]*(.*)")
_EXPANSION = re.compile(r"(?<!\$)\$\{?([A-Za-z_]\w*)|(?<!\{)\{([A-Za-z_]\w*)[^{}\n]*\}(?!\})")
_ARROW = re.compile(r"\s*(?:\S*://\S*\s+)?([A-Za-z_]\w*)\s*<<")
_CYTHON_NAME = re.compile(
    r"^(?:def|class|cdef\s+class|cpdef(?:\s+[\w.\[\], *]+?)?)\s+(\w+)\s*[(:]", re.MULTILINE
)


def read_cell_magic(source: str, user_magics: Magics = ()) -> MagicCell | None:
    """The cell magic on the first line of the cell; None for ordinary cells."""
    if "%%" not in source:
        return None
    lines = source.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    first = lines[start]
    if not first.startswith("%%") or len(first) < 3 or first[2].isspace():
        return None
    name, _, arguments = first[2:].strip().partition(" ")
    if name.startswith("!"):
        name, arguments = "!", name[1:] + " " + arguments
    return cell_magic(name, arguments, "".join(lines[start + 1 :]), start + 1, user_magics)


def cell_magic(
    name: str, arguments: str, text: str, line: int = 1, user_magics: Magics = ()
) -> MagicCell:
    """What the cell magic `name` does, where `text` is the body below `line`."""
    known = _known(f"%%{name}", user_magics) or CELL_MAGICS.get(name)
    if known is None:
        binds, reads = _option_names(_UNKNOWN, _words(arguments))
        return MagicCell(line, "unknown", f"%%{name}", "", line + 1, binds, reads)
    binds, reads = _option_names(known, _words(arguments))
    if known.body == "other":
        binds += _bound_by_text(known, arguments, text)
        interpolates = interpolated_names(arguments)
        return MagicCell(line, "other", known.language, "", line + 1, binds, reads, interpolates)
    if known.runs_first_line:
        text = _without_options(known, arguments) + "\n" + text
        return MagicCell(line, known.body, "python", text, line, binds, reads)
    return MagicCell(line, known.body, "python", text, line + 1, binds, reads)


def read_line_magic(name: str, arguments: str, user_magics: Magics = ()) -> MagicLine:
    """What a line magic does to names; an unknown one reads the names that it interpolates."""
    known = _known(f"%{name}", user_magics) or LINE_MAGICS.get(name)
    if known is None:
        special = _SPECIAL_LINES.get(name)
        if special is not None:
            return special(_words(arguments))
        return MagicLine(interpolates=interpolated_names(arguments))
    if known.body in {"python", "unbound"}:
        _, reads = _option_names(known, _words(arguments))
        return MagicLine(_without_options(known, arguments), known.body, reads=reads)
    binds, reads = _option_names(known, _words(arguments))
    binds += _bound_by_text(known, arguments, "")
    return MagicLine(binds=binds, reads=reads, interpolates=interpolated_names(arguments))


def interpolated_names(text: str) -> tuple[str, ...]:
    """The names whose values IPython inserts into a shell command or a magic's arguments.

    IPython leaves the text unchanged where the kernel does not hold a name, so these never raise.

        !ls $path {folder}    path, folder
    """
    return tuple(sorted({found[1] or found[2] for found in _EXPANSION.finditer(text)}))


def automagic(source: str) -> tuple[str, str] | None:
    """The first word and the rest of a cell that may be a line magic without its `%`; else None."""
    line = _WORD_AND_REST.fullmatch(source.strip())
    if line is None or line[1] not in AUTOMAGICS or line[2].startswith(("=", ",")):
        return None
    return line[1], line[2]


# Line magics with special effects on names

_OWN_EXTENSIONS = frozenset({"autoreload", "storemagic"})


def _pylab(words: list[str]) -> MagicLine:
    imports = ("matplotlib", "numpy")
    if "--no-import-all" in words:
        binds = ("display", "figsize", "getfigs", "matplotlib", "np", "plt")
        return MagicLine(binds=binds, imports=imports)
    return MagicLine(source=StarImport("pylab"), imports=imports)


def _matplotlib(_words: list[str]) -> MagicLine:
    return MagicLine(imports=("matplotlib",))


def _load_ext(words: list[str]) -> MagicLine:
    """`%load_ext module`; IPython finds its own extensions under a short name."""
    is_module = len(words) == 1 and all(part.isidentifier() for part in words[0].split("."))
    return MagicLine(imports=tuple(words) if is_module and words[0] not in _OWN_EXTENSIONS else ())


def _run(words: list[str]) -> MagicLine:
    return MagicLine(source=RunFile(tuple(words)))


def _store(words: list[str]) -> MagicLine:
    names = _identifiers(words)
    if "-r" not in words:
        return MagicLine(interpolates=names)  # a missing name raises UsageError, no NameError
    return MagicLine(binds=names) if names else MagicLine(source=StoredNames())


def _reset(words: list[str]) -> MagicLine:
    """`%reset in` and the like clear other things than the namespace."""
    return MagicLine(clears_namespace=all(word.startswith("-") for word in words))


def _xdel(words: list[str]) -> MagicLine:
    return MagicLine(deletes=_identifiers(words))


def _macro(words: list[str]) -> MagicLine:
    return MagicLine(binds=_identifiers(words)[:1])


def _push(words: list[str]) -> MagicLine:
    return MagicLine(reads=_identifiers(words))


def _pull(words: list[str]) -> MagicLine:
    return MagicLine(binds=_identifiers(words))


def _nothing(_words: list[str]) -> MagicLine:
    return MagicLine()


_SPECIAL_LINES: dict[str, Callable[[list[str]], MagicLine]] = {
    "Rpull": _pull,
    "Rpush": _push,
    "load_ext": _load_ext,
    "macro": _macro,
    "matplotlib": _matplotlib,
    "pinfo": _nothing,
    "pinfo2": _nothing,
    "pylab": _pylab,
    "reload_ext": _load_ext,
    "reset": _reset,
    "run": _run,
    "store": _store,
    "xdel": _xdel,
}

# The options and the text of a magic

_UNKNOWN = KnownMagic("unknown")


def _known(marked: str, user_magics: Magics) -> KnownMagic | None:
    return next((known for name, known in user_magics if name == marked), None)


def _option_names(known: KnownMagic, words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that the options bind, and those that they read."""
    binds: list[str] = []
    reads: list[str] = []
    first_word = None
    remaining = iter(words)
    for word in remaining:
        option, equals, value = word.partition("=")
        if option in known.binding_options | known.reading_options | known.value_options:
            named = value if equals else next(remaining, "")
            if option in known.binding_options:
                binds += named.split(",")
            elif option in known.reading_options:
                reads += named.split(",")
        elif first_word is None and not word.startswith("-"):
            first_word = word
    if known.first_word_binds and first_word is not None:
        binds.append(first_word)
    return _identifiers(binds), _identifiers(reads)


def _bound_by_text(known: KnownMagic, arguments: str, text: str) -> tuple[str, ...]:
    """The name that `x << …` binds, and those that a Cython body defines."""
    names: list[str] = []
    if known.arrow_binds:
        found = _ARROW.match(arguments) or _ARROW.match(text)
        names += [found[1]] if found else []
    if known.body_binds:
        names += _CYTHON_NAME.findall(text)
    return tuple(names)


def _without_options(known: KnownMagic, arguments: str) -> str:
    """The arguments of `%timeit` and similar magics without their leading options."""
    text, value_options = arguments.lstrip(), known.value_options | known.reading_options
    while match := re.match(r"(-[A-Za-z]|--[A-Za-z][\w-]*)(\S*)(?:\s+|$)", text):
        if not value_options and not match[1].startswith("--"):
            break  # `%time -x` is an expression
        text = text[match.end() :]
        if match[1] in value_options and not match[2]:
            text = re.sub(r"^\S+\s*", "", text)
    return text


def _words(arguments: str) -> list[str]:
    try:
        return shlex.split(arguments)
    except ValueError:  # an unclosed quote
        return arguments.split()


def _identifiers(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word.isidentifier())
