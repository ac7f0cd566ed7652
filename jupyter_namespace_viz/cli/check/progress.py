"""How far is the check, and what has it found so far?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from jupyter_namespace_viz.cli.check.checker import CheckedNotebook
from jupyter_namespace_viz.cli.notebooks.notebook_file import UnreadableNotebook
from jupyter_namespace_viz.cli.output import write_line

if TYPE_CHECKING:
    from tqdm import tqdm


class ProgressBar:
    """A bar on standard error, if that is a terminal and the check takes longer than a second."""

    def __init__(self, files: int, quiet: bool) -> None:
        self._bar = _bar(files) if sys.stderr.isatty() and not quiet else None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self) -> None:
        """One more notebook was checked."""
        if self._bar is not None:
            self._bar.update()

    def clear(self) -> None:
        """Make room for a line, below which the bar is drawn again."""
        if self._bar is not None:
            self._bar.clear()


def _bar(files: int) -> tqdm[NoReturn]:
    from tqdm import tqdm  # noqa: PLC0415 - slow to import

    class Bar(tqdm):  # type: ignore[type-arg]
        monitor_interval = 0  # no thread: forked processes could not do with one

    return Bar(total=files, unit=" notebooks", delay=1, leave=False)


@dataclass
class Results:
    """Iterates over the checked notebooks and counts them: notebooks that were checked, errors
    that are certain, files that could not be read. The latter are named on standard error, and so,
    unless `quiet`, are kernels that are not known here."""

    results: Iterable[CheckedNotebook | UnreadableNotebook]
    bar: ProgressBar
    quiet: bool = False
    checked: int = 0
    certain: int = 0
    unreadable: int = 0
    unknown_kernels: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[CheckedNotebook | UnreadableNotebook]:
        for result in self.results:
            self.bar.update()
            if isinstance(result, UnreadableNotebook):
                self.unreadable += 1
                self._say(str(result))
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
        if not self.quiet:
            self._say(
                f"{notebook.path}: the kernel {kernel} is not known here, so it is not known which "
                "modules it has. Name its Python with --python."
            )

    def _say(self, line: str) -> None:
        self.bar.clear()
        write_line(line, None, err=True)

    def summary(self) -> str:
        """The counts in a sentence, once all notebooks have been checked."""
        files = "1 notebook" if self.checked == 1 else f"{self.checked} notebooks"
        if not self.checked:
            return "No notebook was checked."
        if not self.certain:
            return f"{files} checked: nothing is certain to be raised."
        errors = "1 error" if self.certain == 1 else f"{self.certain} errors"
        return f"{files} checked: {errors} would be raised."
