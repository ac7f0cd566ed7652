"""Do the stories of the examples go the same way where the kernel runs on another machine?"""

from __future__ import annotations

import json
from pathlib import Path

from tests.gateway.conftest import Site
from tests.server.conftest import Panel

LOST = "Connection to the gateway lost. Reconnecting…"

EXAMPLES = Path(__file__).parents[2] / "examples"


def cells_of(example: str) -> dict[str, str]:
    """The code cells of one of the examples."""
    notebook = json.loads((EXAMPLES / example).read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


async def test_the_forgotten_import(site: Site) -> None:
    async with site.notebook() as notebook:
        panel = notebook.panel
        await notebook.show(cells_of("1-forgotten-import.ipynb"))
        blocked = {"import-tensorflow": "ready", "print-version": "blocked"}
        await panel.until_statuses(**blocked)
        assert panel.cells["print-version"]["message"] == (
            "`tf` is missing: cell 1 has not run since the kernel started."
        )
        assert await notebook.run("print-version") == "NameError"
        await panel.until(lambda it: not it.cells["print-version"]["waiting"])

        plan = await notebook.plan("print-version", "imports")
        assert [step["code"] for step in plan["steps"]] == ["import tensorflow as tf"]
        await notebook.follow(plan)
        await panel.until_statuses(**{"print-version": "ready"})
        assert await notebook.run("print-version") == "2.0\n"
        await panel.until_statuses(**{"print-version": "fresh"})


async def test_an_import_in_each_cell(site: Site) -> None:
    async with site.notebook() as notebook:
        await notebook.show(cells_of("2-import-in-each-cell.ipynb"))
        await notebook.panel.until_statuses(constant="ready", version="ready")
        assert await notebook.run("version") == "2.0\n"
        await notebook.panel.until_statuses(constant="ready", version="fresh")
        assert await notebook.run("constant") == "1\n"
        await notebook.panel.until_statuses(constant="fresh", version="fresh")


async def test_the_global_alias(site: Site) -> None:
    async with site.notebook() as notebook:
        panel = notebook.panel
        await notebook.show(cells_of("3-global-alias.ipynb"))
        await panel.until_statuses(**{"use-alias": "blocked", "use-module": "blocked"})
        plan = await notebook.plan("use-module")
        assert [step["cell_id"] for step in plan["steps"]] == ["make-alias"]
        await notebook.follow(plan)
        await panel.until_statuses(**{"make-alias": "fresh", "use-module": "ready"})
        assert await notebook.run("take-the-name") == ""
        await panel.until_statuses(**{"use-alias": "ready", "use-module": "at_risk"})
        assert await notebook.run("use-alias") == "2.0\n"


async def test_the_environment_is_the_kernels(site: Site) -> None:
    async with site.notebook() as notebook:
        # The server's environment has it, the gateway's has not.
        await notebook.show({"one": "import jupyter_namespace_viz"})
        await notebook.panel.until_statuses(one="blocked")
        assert notebook.panel.report["kernel"]["python"] == site.gateway.python
        assert notebook.panel.cells["one"]["message"] == (
            "`jupyter_namespace_viz` is not installed in the kernel's environment "
            f"(`{site.gateway.python}`). Jupyter's own environment has it, this kernel's does "
            "not."
        )


async def test_paths_of_the_kernel_mean_nothing_here(site: Site) -> None:
    (site.gateway.home / "starry.py").write_text("star = 1\n", encoding="utf-8")
    cells = {"one": "from starry import *", "two": "star", "three": "%run starry.py"}

    def reasons(panel: Panel) -> list[str]:
        return [need["reason"] for need in panel.cells.get("two", {"needs": []})["needs"]]

    async with site.notebook() as notebook:
        await notebook.show(cells)
        # There is a file of that name here too, by accident: it is not to be looked into.
        await notebook.panel.until(lambda it: reasons(it) == ["star_import"])
        await notebook.until_kernel(state="idle")
        assert reasons(notebook.panel) == ["star_import"]
        await notebook.run("one")
        await notebook.panel.until_statuses(one="fresh", two="ready")
        assert {"provider": "one", "consumer": "two", "names": ["star"]} in notebook.panel.edges


async def test_names_appear_while_a_cell_runs(site: Site) -> None:
    go = site.gateway.home / "go"
    wait = f"import os, time\nx = 1\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    async with site.notebook() as notebook:
        await notebook.show({"one": wait, "two": "x"})
        await notebook.panel.until_statuses(two="blocked")
        run = await notebook.send(wait, "one")
        await notebook.panel.until_statuses(two="ready")
        assert notebook.panel.report["kernel"]["state"] == "busy"
        path = f"jupyter-namespace-viz/api/kernels/{notebook.kernel_id}/namespace"
        told = await site.ask("GET", path)
        assert "x" in {name["name"] for name in told["names"]}
        go.touch()
        await notebook.end_of(run)
        await notebook.panel.until_statuses(one="fresh", two="ready")


async def test_a_large_output_does_not_break_the_connection(site: Site) -> None:
    large = "display({'text/plain': '.' * 12 * 2**20}, raw=True)\nx = 1"  # tornado takes 10 MiB
    told = set()

    def is_fresh(panel: Panel) -> bool:
        told.add(panel.report["kernel"]["message"])
        return bool(panel.cells["one"]["status"] == "fresh")

    async with site.notebook() as notebook:
        await notebook.show({"one": large})
        await notebook.panel.until_statuses(one="ready")
        await notebook.send(large, "one")
        await notebook.panel.until(is_fresh)
        assert LOST not in told
