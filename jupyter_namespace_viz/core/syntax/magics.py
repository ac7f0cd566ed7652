"""What does a magic do to names?"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from jupyter_namespace_viz.core.syntax.known_magics import (
    AUTOMAGICS,
    CELL_MAGICS,
    LINE_MAGICS,
    Body,
    KnownMagic,
    Magics,
)
from jupyter_namespace_viz.core.syntax.line_magics import SPECIAL_LINES, MagicLine, identifiers


@dataclass(frozen=True, slots=True)
class MagicCell:
    """A cell, or the text of a call, that a cell magic handles.

    `line` is the line of the magic, from 1. `text` is the part that is Python, empty where there is
    none; `first_line` is the line of the cell on which it starts. `binds` and `reads` are the names
    in the options of the magic, `interpolates` the names whose values IPython inserts into them,
    where the kernel holds these names. `usage_error` is IPython's message where it refuses
    the line. With `compiles` the magic compiles the text itself, and allows no `await` in it. With
    `keeps_errors` it shows the errors of its text, and raises none.
    """

    line: int
    body: Body
    language: str
    text: str
    first_line: int
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    interpolates: tuple[str, ...] = ()
    usage_error: str | None = None
    compiles: bool = False
    keeps_errors: bool = False


# No two neighbouring parts of these patterns match the same text, so their time is linear.
_LINE_END = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"\w+(?![\w.*])")
_EXPANSION = re.compile(r"(?<!\$)\$\{?([A-Za-z_]\w*)|(?<!\{)\{([A-Za-z_]\w*)(?!\w)[^{}\n]*\}(?!\})")
_INSERTED = re.compile(
    r"(?<![:\w]):([A-Za-z_]\w*)|\{\{?[ \t]*([A-Za-z_]\w*)|(?<![\w$])\$([A-Za-z_]\w*)"
)
_ARROW = re.compile(r"([A-Za-z_]\w*)(?!\w)\s*<<")
_CYTHON_DEFINITION = re.compile(
    r"^(?:def|class|cdef[ \t]+class|cpdef)(?=[ \t])([\w.\[\], *\t]*)[(:]", re.MULTILINE
)
_OPTION = re.compile(r"(-[A-Za-z]|--[A-Za-z][\w-]*)(\S*)(?:\s+|$)")
_WORD_AND_BLANKS = re.compile(r"\S+\s*")


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
    # Python knows fewer ends of lines than IPython, which splits the text here.
    line = 1 + len(_LINE_END.findall("".join(lines[:start])))
    return cell_magic(name, arguments, "".join(lines[start + 1 :]), line, user_magics)


def cell_magic(
    name: str, arguments: str, text: str, line: int = 1, user_magics: Magics = ()
) -> MagicCell:
    """What the cell magic `name` does, where `text` is the body below `line`."""
    known = _known(f"%%{name}", user_magics) or CELL_MAGICS.get(name)
    if known is not None and known.alias_of:
        return cell_magic(known.alias_of, arguments, text, line)
    refused = _usage_error(name, arguments, text)
    if refused is not None:
        return MagicCell(line, "python", "python", "", line + 1, usage_error=refused)
    if known is None:
        binds, reads = _option_names(_UNKNOWN, words_of(arguments))
        return MagicCell(line, "unknown", f"%%{name}", "", line + 1, binds, reads)
    binds, reads = _option_names(known, words_of(arguments))
    if known.body == "other":
        binds += _bound_by_text(known, arguments, text)
        inserted = _inserted_names(known, f"{arguments}\n{text}")
        interpolates = interpolated_names(arguments) + inserted
        return MagicCell(line, "other", known.language, "", line + 1, binds, reads, interpolates)
    first_line, compiles = line + 1, name in _COMPILING
    if known.runs_first_line:
        text, first_line = _without_options(known, arguments) + "\n" + text, line
    return MagicCell(
        line,
        known.body,
        "python",
        text,
        first_line,
        binds,
        reads,
        compiles=compiles,
        keeps_errors=name in _KEEPING_ERRORS,
    )


def read_line_magic(name: str, arguments: str, user_magics: Magics = ()) -> MagicLine:
    """What a line magic does to names; an unknown one reads the names that it interpolates."""
    known = _known(f"%{name}", user_magics) or LINE_MAGICS.get(name)
    if known is not None and known.alias_of:
        return read_line_magic(known.alias_of, arguments)
    if known is None:
        special = SPECIAL_LINES.get(name)
        if special is not None:
            return special(words_of(arguments))
        return MagicLine(interpolates=interpolated_names(arguments))
    if known.body in {"python", "unbound"}:
        _, reads = _option_names(known, words_of(arguments))
        text = _without_options(known, arguments)
        return MagicLine(text, known.body, reads=reads, compiles=name in _COMPILING)
    binds, reads = _option_names(known, words_of(arguments))
    binds += _bound_by_text(known, arguments, "")
    interpolates = interpolated_names(arguments) + _inserted_names(known, arguments)
    return MagicLine(binds=binds, reads=reads, interpolates=interpolates)


_COMPILING = frozenset({"prun", "time", "timeit"})
"""The magics that compile their text themselves."""


_KEEPING_ERRORS = frozenset({"capture"})


def interpolated_names(text: str) -> tuple[str, ...]:
    """The names whose values IPython inserts into a shell command or a magic's arguments.

    IPython leaves the text unchanged where the kernel does not hold a name, so these never raise.

        !ls $path {folder}    path, folder
    """
    return tuple(sorted({found[1] or found[2] for found in _EXPANSION.finditer(text)}))


def automagic(source: str, user_magics: Magics = ()) -> tuple[str, str] | None:
    """The first word and the rest of a cell that may be a line magic without its `%`; else None."""
    line = source.strip()
    word = _WORD.match(line) if "\n" not in line else None
    if word is None:
        return None
    if word[0] not in AUTOMAGICS and _known(f"%{word[0]}", user_magics) is None:
        return None
    rest = line[word.end() :].lstrip()
    return None if rest.startswith(("=", ",")) else (word[0], rest)


def _usage_error(name: str, arguments: str, text: str) -> str | None:
    """IPython's message where it refuses the first line of a cell magic, or that it is all."""
    if not text and name.isidentifier():
        also = f" Did you mean the line magic %{name} (single %)?" if name in LINE_MAGICS else ""
        return f"%%{name} is a cell magic, but the cell body is empty.{also}"
    words = [word for word in arguments.split() if not word.startswith("--")]
    if name == "time" and words and text.strip():
        return "Can't use statement directly after '%%time'"
    if name == "capture" and len(words) > 1:
        return f"unrecognized arguments: {' '.join(words[1:])}"
    return None


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
    return identifiers(binds), identifiers(reads)


def _bound_by_text(known: KnownMagic, arguments: str, text: str) -> tuple[str, ...]:
    """The name that `x << …` binds, and those that a Cython body defines."""
    names: list[str] = []
    if known.arrow_binds:
        names += _before_arrow(arguments) or _before_arrow(text)
    if known.body_binds:
        words = (definition[1].split() for definition in _CYTHON_DEFINITION.finditer(text))
        names += identifiers(word for type_and_name in words for word in type_and_name[-1:])
    return tuple(names)


def _before_arrow(text: str) -> list[str]:
    """The `x` of `x << …`, also after the address of a database."""
    first, *rest = text.split(None, 1) or [""]
    found = (rest and "://" in first and _ARROW.match(rest[0])) or _ARROW.match(text.lstrip())
    return [found[1]] if found else []


def _inserted_names(known: KnownMagic, text: str) -> tuple[str, ...]:
    """The names whose values the magic itself inserts into its text, where the kernel holds them.

    SELECT {column} FROM {{table}} WHERE x > :limit AND y::int = $n    column limit n table
    """
    if not known.inserts_names:
        return ()
    return tuple(sorted({next(filter(None, found)) for found in _INSERTED.findall(text)}))


def _without_options(known: KnownMagic, arguments: str) -> str:
    """The arguments of `%timeit` and similar magics without their leading options."""
    text, value_options = arguments.lstrip(), known.value_options | known.reading_options
    end = 0
    while match := _OPTION.match(text, end):
        if not value_options and not match[1].startswith("--"):
            break  # `%time -x` is an expression
        end = match.end()
        if match[1] in value_options and not match[2]:
            value = _WORD_AND_BLANKS.match(text, end)
            end = value.end() if value else end
    return text[end:]


def words_of(arguments: str) -> list[str]:
    """The words of a magic's arguments, without quotes."""
    try:
        return shlex.split(arguments)
    except ValueError:  # an unclosed quote
        return arguments.split()
