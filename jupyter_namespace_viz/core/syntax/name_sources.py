"""Where do names come from that a cell's text does not show?

As a text, which the probe is asked with and `names --json` prints, a source is its module or magic.
"""

from __future__ import annotations

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
    """`%run` of a script, module or notebook, with the words behind the magic."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"%run {shlex.join(self.words)}"

    @property
    def code(self) -> str:
        """The magic that binds the names."""
        return str(self)


@dataclass(frozen=True, slots=True)
class StoredNames:
    """`%store -r`: all names that were ever stored."""

    def __str__(self) -> str:
        return "%store -r"

    @property
    def code(self) -> str:
        """The magic that binds the names."""
        return str(self)


@dataclass(frozen=True, slots=True)
class ComputedCode:
    """`exec(text)`, `globals().update(x)`: code that binds names which are computed."""

    def __str__(self) -> str:
        return "%exec"

    @property
    def code(self) -> None:
        """No statement of its own binds the names."""
        return None


NameSource = StarImport | RunFile | StoredNames | ComputedCode
