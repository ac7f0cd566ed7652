"""What does notebook syntax mean for names?"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import Literal

Body = Literal["python", "unbound", "other", "unknown"]
"""Python that runs in the notebook's namespace · the same, but what it binds is lost
(`%timeit`) · another language or a file's text · nobody knows."""


@dataclass(frozen=True, slots=True)
class MagicCell:
    """A cell whose first line is a cell magic.

    `line` is where it stands, from 1. `text` is the part that is Python, empty where there is
    none; `first_line` is the line of the cell where that begins. `binds` and `reads` are names in
    the magic's own options.
    """

    name: str
    line: int
    body: Body
    language: str
    text: str
    first_line: int
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MagicLine:
    """A line magic: Python to read, names it binds or may read, or where its names come from."""

    python: str | None = None
    body: Body = "other"
    binds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    star: str | None = None


_PYTHON_CELLS: dict[str, Body] = {
    "time": "python",
    "capture": "python",
    "prun": "python",
    "timeit": "unbound",
    "memit": "unbound",
    "mprun": "python",
    "snakeviz": "python",
    "heat": "python",
    "debug": "python",
    "python": "other",
    "python3": "other",
    "pypy": "other",
}
_LANGUAGES = {
    "bash": "bash",
    "sh": "sh",
    "script": "a script",
    "!": "shell",
    "sx": "shell",
    "system": "shell",
    "cmd": "cmd",
    "html": "HTML",
    "HTML": "HTML",
    "svg": "SVG",
    "SVG": "SVG",
    "latex": "LaTeX",
    "markdown": "Markdown",
    "javascript": "JavaScript",
    "js": "JavaScript",
    "perl": "Perl",
    "ruby": "Ruby",
    "R": "R",
    "julia": "Julia",
    "sql": "SQL",
    "bigquery": "SQL",
    "cython": "Cython",
    "python": "Python in another process",
    "python2": "Python 2",
    "python3": "Python in another process",
    "pypy": "Python in another process",
    "writefile": "the text of a file",
    "file": "the text of a file",
}
# Options whose value is a name of the notebook.
_SCRIPTS = "bash cmd perl pypy python python2 python3 ruby script sh".split()
_BINDING_OPTIONS = {
    **{name: {"--out", "--err", "--proc"} for name in _SCRIPTS},
    "R": {"-o", "--output"},
}
_READING_OPTIONS = {"R": {"-i", "--input"}}
_FIRST_ARGUMENT_BINDS = {"capture", "bigquery"}
_PYTHON_LINES: dict[str, Body] = {
    "time": "python",
    "timeit": "unbound",
    "prun": "python",
    "memit": "unbound",
    "lprun": "python",
    "mprun": "python",
    "debug": "python",
}
_EXPANSION = re.compile(r"(?<!\$)\$\{?([A-Za-z_]\w*)|(?<!\{)\{([A-Za-z_]\w*)[^{}\n]*\}(?!\})")
_FLAGS_WITH_VALUE = {
    "timeit": "nrt",
    "prun": "lsTDm",
    "memit": "rti",
    "lprun": "fmuTDs",
    "mprun": "fT",
}
# Line magics that IPython takes without the percent sign, in a cell of a single line.
_AUTOMAGIC = frozenset(
    "cat cd clear conda cp ls ll lsmagic man mkdir more mv pip pwd rm rmdir who whos".split()
)


def read_cell_magic(source: str) -> MagicCell | None:
    """The cell magic that the cell begins with, or None for ordinary cells."""
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
    text = "".join(lines[start + 1 :])
    words = _words(arguments)
    binds = _option_names(words, _BINDING_OPTIONS.get(name, set()))
    if name in _FIRST_ARGUMENT_BINDS and words and words[0].isidentifier():
        binds = (*binds, words[0])
    reads = _option_names(words, _READING_OPTIONS.get(name, set()))
    if name in _LANGUAGES:
        return MagicCell(name, start + 1, "other", _LANGUAGES[name], "", start + 2, binds, reads)
    body = _PYTHON_CELLS.get(name)
    if body is None:
        return MagicCell(name, start + 1, "unknown", f"%%{name}", "", start + 2, binds, reads)
    if name == "timeit":
        # The rest of the first line is set-up code, which runs before the body.
        text = _without_options(name, arguments) + "\n" + text
        return MagicCell(name, start + 1, body, "python", text, start + 1, binds, reads)
    return MagicCell(name, start + 1, body, "python", text, start + 2, binds, reads)


def read_line_magic(name: str, arguments: str) -> MagicLine:
    """What a line magic does with names; one that nobody knows reads what it interpolates."""
    if name in _PYTHON_LINES:
        return MagicLine(_without_options(name, arguments), _PYTHON_LINES[name])
    if name == "pylab":
        return MagicLine(star="pylab")
    if name == "run":
        return MagicLine(star=f"%run {arguments.strip()}")
    words = _words(arguments)
    if name == "store" and "-r" in words:
        return MagicLine(binds=tuple(word for word in words if word.isidentifier()))
    if name in {"pinfo", "pinfo2"}:
        return MagicLine()
    return MagicLine(reads=interpolated_names(arguments))


def interpolated_names(text: str) -> tuple[str, ...]:
    """The names that IPython fills into a shell command or a magic's arguments.

    What the kernel does not hold is left as it stands, so these never raise.

        !ls $path {folder}    path, folder
    """
    return tuple(sorted({found[1] or found[2] for found in _EXPANSION.finditer(text)}))


def is_automagic(source: str) -> bool:
    """Whether a cell is a single line that IPython takes as a magic without its percent sign."""
    line = source.strip()
    if "\n" in line:
        return False
    word, _, rest = line.partition(" ")
    return word in _AUTOMAGIC and not rest.lstrip().startswith(("=", "(", ","))


def _without_options(name: str, arguments: str) -> str:
    """The arguments of `%timeit` and its kin without their leading options."""
    with_value = _FLAGS_WITH_VALUE.get(name, "")
    text = arguments.lstrip()
    while match := re.match(r"-([A-Za-z])(\S*)(\s+|$)", text):
        text = text[match.end() :]
        if match[1] in with_value and not match[2]:
            text = re.sub(r"^\S+\s*", "", text)
    return text


def _words(arguments: str) -> list[str]:
    try:
        return shlex.split(arguments)
    except ValueError:  # an unclosed quote
        return arguments.split()


def _option_names(words: list[str], options: set[str]) -> tuple[str, ...]:
    values: list[str] = []
    for position, word in enumerate(words):
        option, _, value = word.partition("=")
        if option in options:
            following = words[position + 1] if position + 1 < len(words) else ""
            values += (value or following).split(",")
    return tuple(value for value in values if value.isidentifier())
