"""How does a test write what a user does with a notebook?

A story is a notebook and what its user does, one step a line:

    2               runs cell c2
    2: x = 3        edits c2
    -2              deletes c2
    markdown 2      makes a Markdown cell of c2
    +2: x = 3       inserts a new cell with this text above c2, or at the end
    back 2: x = 3   a deleted c2 comes back where it was, as after an undo; or is code again
    split 2: 1      splits c2 after its first line: the upper part is a new cell
    merge 1 2       merges c1 and c2 into a new cell
    console: x = 3  runs code in a console on the same kernel; `other:` in another notebook
    thread: x       a thread binds the name
    restart         restarts the kernel
    restore         runs all missing imports alone, or with a number those that the cell lacks
    queue 1 2       sends c1 and c2 to the kernel, which has not run them yet
    server 1 2      a server runs c1 and c2, without the ids of the cells
    starts 1        the server says that it runs c1 next
    count 1: 3      the panel shows the execution count 3 at c1
    script: x = 3   runs code without the id of a cell

New cells have the numbers after those that there were. Cells in brackets wait quietly.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.core.tools.played_kernel import CONSOLE, OTHER, SERVER, PlayedKernel


def play(
    sources: tuple[str, ...], story: str, stars: Mapping[str, str] | None = None
) -> PlayedKernel:
    """The notebook and its kernel after the steps of a story; `stars` maps the modules of star
    imports to their names, where they are known.
    """
    kernel = PlayedKernel(*sources)
    kernel.untagged.show(kernel.cells)
    kernel.untagged.show_counts(dict.fromkeys(kernel.cells), is_first=True)
    kernel.star_names = {
        source: frozenset(names.split()) for source, names in (stars or {}).items()
    }
    for step in story.splitlines():
        what, _, text = step.strip().partition(": ")
        if what == "restart":
            kernel.restart()
        elif what.startswith("restore"):
            kernel.restore_imports(f"c{what[8:]}" if what[8:] else None)
        elif what.startswith("queue"):
            kernel.send([f"c{number}" for number in what.split()[1:]])
        elif what.startswith("server"):
            for number in what.split()[1:]:
                kernel.run_text(kernel.cells[f"c{number}"], None, SERVER)
        elif what.startswith("starts"):
            kernel.untagged.note_start(f"c{what.split()[1]}")
        elif what.startswith("count"):
            kernel.untagged.show_counts({f"c{what.split()[1]}": int(text)})
        elif what == "script":
            kernel.run_text(text, None, SERVER)
        elif what in {"console", "other"}:
            cell_id, client = ("k1", CONSOLE) if what == "console" else ("o1", OTHER)
            kernel.run_text(text, cell_id, client)
        elif what.startswith("+"):
            ids = list(kernel.cells)
            below = f"c{what[1:]}"
            kernel.insert(ids.index(below) if below in ids else len(ids), text)
        elif what.startswith("back"):
            cell_id = f"c{what.split()[1]}"
            kernel.insert(kernel.former[cell_id], text, cell_id)
        elif what.startswith("markdown"):
            kernel.change_to_markdown(f"c{what.split()[1]}")
        elif what.startswith("split"):
            kernel.split(f"c{what.split()[1]}", int(text))
        elif what.startswith("merge"):
            kernel.merge([f"c{number}" for number in what.split()[1:]])
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
