"""Which statements and magics bind names that a cell's text does not show?

`str(source)` is its module or magic. The probe and `names --json` use this text.
"""

from __future__ import annotations

import posixpath
import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StarImport:
    """`from module import *`; `module` has leading dots when relative."""

    module: str

    def __str__(self) -> str:
        return self.module

    @property
    def code(self) -> str:
        """The statement that binds the names."""
        return f"from {self.module} import *"


@dataclass(frozen=True, slots=True)
class RunFile:
    """`%run` of a script, module or notebook; `words` are the arguments of the magic."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"%run {shlex.join(self.words)}"

    @property
    def file(self) -> str | None:
        """The file that is run, as a path from the working directory; None where it is a module."""
        first = next((word for word in self.words if not word.startswith("-")), None)
        if first is None or "-m" in self.words:
            return None
        return first if posixpath.splitext(first)[1] else f"{first}.py"

    @property
    def code(self) -> str:
        """The magic that binds the names."""
        return str(self)


@dataclass(frozen=True, slots=True)
class StoredNames:
    """`%store -r`: all names that have ever been stored."""

    def __str__(self) -> str:
        return "%store -r"

    @property
    def code(self) -> str:
        """The magic that binds the names."""
        return str(self)


@dataclass(frozen=True, slots=True)
class ComputedCode:
    """`exec(text)`, `globals().update(x)`: code that binds names which it computes."""

    def __str__(self) -> str:
        return "%exec"

    @property
    def code(self) -> None:
        """None: no statement can bind the names again."""
        return None


NameSource = StarImport | RunFile | StoredNames | ComputedCode
