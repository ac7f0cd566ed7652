"""How does a test write what a user does with a notebook?

A story is a notebook and what its user does, one step a line:

    2               runs cell c2
    2: x = 3        edits c2
    -2              deletes c2
    console: x = 3  runs code in a console on the same kernel; `other:` in another notebook
    thread: x       a thread binds the name
    restart         restarts the kernel
    queue 1 2       sends c1 and c2 to the kernel, which has not run them yet

Cells in brackets wait quietly.
"""

from __future__ import annotations

from tests.core.tools.played_kernel import CONSOLE, OTHER, PlayedKernel


def play(sources: tuple[str, ...], story: str) -> PlayedKernel:
    """The notebook and its kernel after the steps of a story."""
    kernel = PlayedKernel(*sources)
    for step in story.splitlines():
        what, _, text = step.strip().partition(": ")
        if what == "restart":
            kernel.restart()
        elif what.startswith("queue"):
            kernel.in_flight = [f"c{number}" for number in what.split()[1:]]
        elif what in {"console", "other"}:
            cell_id, client = ("k1", CONSOLE) if what == "console" else ("o1", OTHER)
            kernel.run_text(text, cell_id, client)
        elif what == "thread":
            kernel.bind_outside(text, object())
        elif what.startswith("-"):
            kernel.delete(f"c{what[1:]}")
        elif text:
            kernel.edit(f"c{what}", text)
        else:
            for number in what.split():
                kernel.run(f"c{number}")
    return kernel


def end_of(sources: tuple[str, ...], story: str) -> tuple[str, str | None]:
    """The statuses of all cells at the end of a story, and the sentence on the last cell."""
    cells = play(sources, story).verdict().cells
    statuses = " ".join(f"({it.status})" if it.waiting else it.status for it in cells)
    return statuses, cells[-1].message
