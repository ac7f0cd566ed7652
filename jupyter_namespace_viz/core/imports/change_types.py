"""Which changes of where imports look are there, and which of them do magics make?"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

SearchChangeKind = Literal[
    "before", "after", "folder", "file", "module", "blocked", "released", "unknown"
]


@dataclass(frozen=True, slots=True)
class SearchChange:
    """One change, made on `line` of the cell.

    `before` and `after`: the folder `value` is added in front of the others, or behind them ·
    `folder`: it becomes the working directory · `file`: the file `value` is written, with `text`
    where that is known · `module`: the module `value` is put into `sys.modules` · `blocked`: None
    is, which makes its import fail · `released`: it is removed from there · `unknown`: packages may
    be installed, or anything else that imports find.

    Without `certain` the change may not happen.
    """

    line: int
    kind: SearchChangeKind
    value: str = ""
    text: str | None = None
    certain: bool = True


_CHANGES_FILES = re.compile(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|poetry|easy_install)\b.*\binstall\b|\.(?:py|whl|sh)\b"
    r"|(?:^|[|;&(]|\bsudo\s)\s*(?:git|unzip|tar|7z|cp|mv|ln|rsync|make|cmake|bash|sh|source|apt(?:-get)?"
    r"|python[\d.]*|svn|gunzip|exec|eval|wandb|kaggle|dvc)\b(?!\s+(?:-V\b|--version))"
)
"""Shell commands that may install packages, or write modules."""

_SHELL_METHODS = frozenset({"getoutput", "system"})
_INSTALLERS = frozenset({"conda", "mamba", "micromamba", "pip", "uv"})
_UNKNOWN_LINES = frozenset({"cd", "popd", "pushd", "run", "sh", "sx", "system"})


def changes_of_magic(node: ast.Call, method: str, certain: bool) -> Iterator[SearchChange]:
    """What `get_ipython().method(…)` changes: a magic, or a shell command."""
    texts = [it.value for it in node.args if isinstance(it, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    unknown = SearchChange(node.lineno, "unknown", certain=certain)
    if method in _SHELL_METHODS:
        if not words or _CHANGES_FILES.search(words[0]):
            yield unknown
    elif method == "run_line_magic" and len(words) == 2:
        name, rest = words[0], words[1].strip()
        if name == "cd" and rest and not re.search(r"[-${~]", rest):
            folder = rest.strip("\"'")
            yield SearchChange(node.lineno, "folder", folder, None, certain)
        elif name in _UNKNOWN_LINES or (name in _INSTALLERS and "install" in rest):
            yield unknown
    elif method == "run_cell_magic" and words and words[0] in {"bash", "sh", "script", "!"}:
        yield unknown


def written_file(
    line: int, path: str | None, text: str | None, certain: bool
) -> Iterator[SearchChange]:
    """A file is written, of which the path may not be known; only those that imports load count."""
    if path is None:
        yield SearchChange(line, "unknown", certain=certain)
    elif posixpath.splitext(path)[1] in {".py", ".so", ".pyd", ".zip", ".whl", ".pth"}:
        yield SearchChange(line, "file", path, text, certain)


MAKE_FILES = frozenset(
    "copy copy2 copyfile link move rename replace symlink symlink_to urlretrieve".split()
)
"""Functions and methods that make the file whose path they are given."""

_RUNNING_PROGRAMS = {
    "os": frozenset({"system"}),
    "subprocess": frozenset("Popen call check_call check_output run".split()),
}
_LOADING = frozenset({"exec_module", "load_module"})


def may_make_modules(name: str, owner: str) -> bool:
    """Whether a call of `owner.name` may make modules that the text does not show."""
    is_program = name in _RUNNING_PROGRAMS.get(owner, ())
    return is_program or name in _LOADING or owner == "__path__"
