"""How far is the check, and what has it found so far?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import click

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook

if TYPE_CHECKING:
    from tqdm import tqdm


class ProgressBar:
    """A bar on standard error, if that is a terminal and the check takes longer than a second."""

    def __init__(self, files: int) -> None:
        self._bar = _bar(files) if sys.stderr.isatty() else None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self) -> None:
        """One more notebook was checked."""
        if self._bar is not None:
            self._bar.update()

    def print(self, line: str, err: bool = False) -> None:
        """Print a line in place of the bar, which is drawn again below it."""
        if self._bar is not None:
            self._bar.clear()
        click.echo(line.encode("utf-8", "replace").decode(), err=err)


def _bar(files: int) -> tqdm[NoReturn]:
    from tqdm import tqdm  # noqa: PLC0415 - slow to import

    class Bar(tqdm):  # type: ignore[type-arg]
        monitor_interval = 0  # no thread: forked processes could not do with one

    return Bar(total=files, unit=" notebooks", delay=1, leave=False)


@dataclass
class Results:
    """Iterates over the checked notebooks and counts them: notebooks that were checked, errors
    that are certain, files that could not be read. The latter are named on standard error, and so
    are kernels that are not known here."""

    results: Iterable[CheckedNotebook | UnreadableNotebook]
    bar: ProgressBar
    checked: int = 0
    certain: int = 0
    unreadable: int = 0
    unknown_kernels: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[CheckedNotebook | UnreadableNotebook]:
        for result in self.results:
            self.bar.update()
            if isinstance(result, UnreadableNotebook):
                self.unreadable += 1
                self.bar.print(str(result), err=True)
            else:
                self.checked += 1
                self.certain += sum(finding.certain for finding in result.independent_findings)
                self._name_kernel_of(result)
            yield result

    def _name_kernel_of(self, notebook: CheckedNotebook) -> None:
        kernel = notebook.unknown_kernel
        if kernel is None or kernel in self.unknown_kernels:
            return
        self.unknown_kernels.add(kernel)
        self.bar.print(
            f"{notebook.path}: the kernel {kernel} is not known here, so it is not known which "
            "modules it has. Name its Python with --python.",
            err=True,
        )

    def summary(self) -> str:
        """The counts in a sentence, once all notebooks have been checked."""
        files = "1 notebook" if self.checked == 1 else f"{self.checked} notebooks"
        if not self.checked:
            return "No notebook was checked."
        if not self.certain:
            return f"{files} checked: nothing is certain to be raised."
        errors = "1 error" if self.certain == 1 else f"{self.certain} errors"
        return f"{files} checked: {errors} would be raised."
