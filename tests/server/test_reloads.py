"""Is a page that was reloaded told what the notebook had before?"""

from __future__ import annotations

from typing import Any

NOTEBOOK = {"one": "k = [1]", "two": "x = list(k)", "three": "print(x)"}
WITHOUT_ONE = {"two": NOTEBOOK["two"], "three": NOTEBOOK["three"]}
LOST = "`k` was defined by a deleted cell; a restart will lose it."


async def show(panel: Any, cells: dict[str, str], client: Any, path: str = "a.ipynb") -> None:
    """The panel shows the notebook with this path, and this client runs its cells."""
    panel.client, panel.path, panel.in_full = client.client.session.session, path, True
    await panel.show(cells)
    await panel.until(lambda it: it.kernel["state"] == "idle")


async def run_all(client: Any, cells: dict[str, str]) -> None:
    for cell_id, source in cells.items():
        await client.run(source, cell_id)


def origin_of_k(panel: Any) -> tuple[Any, ...]:
    row = panel.names.get("k", {})
    fields = ("binder", "lost_source", "lost_id", "lost_after", "lost_before")
    return tuple(row.get(it) for it in fields)


async def test_a_cell_that_was_deleted_before_the_reload(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    first, second = [await client_of(kernel_id) for _ in range(2)]
    async with open_panel(kernel_id) as panel:
        await show(panel, NOTEBOOK, first)
        await run_all(first, NOTEBOOK)
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")
        await panel.show({}, order=list(WITHOUT_ONE))
        await panel.until_statuses(two="at_risk")
        assert panel.cells["two"]["message"] == LOST
    async with open_panel(kernel_id) as panel:
        await show(panel, WITHOUT_ONE, second)
        await run_all(second, WITHOUT_ONE)
        await panel.until_statuses(two="at_risk")
        assert panel.cells["two"]["message"] == LOST
        await panel.until(lambda it: origin_of_k(it)[0] is not None)
        assert origin_of_k(panel) == ("a deleted cell", NOTEBOOK["one"], "one", None, "two")
        # Restored, it is a new cell with the text that ran.
        await panel.show({"new": NOTEBOOK["one"]}, order=["new", *WITHOUT_ONE])
        await panel.until_statuses(new="fresh", two="fresh", three="fresh")


async def test_a_cell_that_was_changed_to_markdown(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    client = await client_of(kernel_id)
    async with open_panel(kernel_id) as panel:
        await show(panel, NOTEBOOK, client)
        await run_all(client, NOTEBOOK)
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")
        panel.not_code = ["one"]
        await panel.show({}, order=list(WITHOUT_ONE))
        await panel.until(lambda it: origin_of_k(it)[0] == "a cell that is no longer code")
        assert origin_of_k(panel) == ("a cell that is no longer code", None, None, None, None)
        panel.not_code = None  # as before
        await panel.show({"two": "x = [k]"}, order=list(WITHOUT_ONE))
        await panel.until_statuses(two="at_risk")
        assert panel.cells["two"]["message"] == (
            "`k` comes from a cell that is no longer code; no cell defines it. A restart will lose "
            "it."
        )


async def test_a_notebook_that_the_server_sees_for_the_first_time(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    before, after = [await client_of(kernel_id) for _ in range(2)]
    async with open_panel(kernel_id) as watching:  # no client that runs cells, as a terminal
        await watching.show({})
        await watching.until(lambda it: it.kernel["state"] == "idle")
        await run_all(before, NOTEBOOK)
        async with open_panel(kernel_id) as panel:
            await show(panel, WITHOUT_ONE, after)
            await run_all(after, WITHOUT_ONE)
            await panel.until_statuses(two="at_risk")
            assert panel.cells["two"]["message"] == LOST


async def test_two_notebooks_that_are_opened_again(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    clients = [await client_of(kernel_id) for _ in range(4)]
    others = {"first": "k = [1]"}
    for path, cells, client in (("b.ipynb", others, 0), ("a.ipynb", WITHOUT_ONE, 1)):
        async with open_panel(kernel_id) as panel:
            await show(panel, cells, clients[client], path)
            await run_all(clients[client], cells)
    async with open_panel(kernel_id) as panel:
        await show(panel, WITHOUT_ONE, clients[2])
        await run_all(clients[2], WITHOUT_ONE)
        await panel.until(lambda it: origin_of_k(it)[0] is not None)
        assert origin_of_k(panel) == ("another notebook", None, None, None, None)


async def test_a_copy_of_a_notebook_that_is_open_on_the_same_kernel(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    first, second = [await client_of(kernel_id) for _ in range(2)]
    async with open_panel(kernel_id) as panel, open_panel(kernel_id) as copy:
        await show(panel, NOTEBOOK, first)
        await run_all(first, NOTEBOOK)
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")

        copy.client, copy.path = second.client.session.session, "copy.ipynb"
        copy.choose(None)  # its kernel is known only after its cells, as in JupyterLab
        await copy.show({**NOTEBOOK, "one": "k = [2]"})
        await copy.change_kernel(kernel_id)
        await copy.until(lambda it: it.kernel["state"] == "idle")
        await copy.until_statuses(one="ready", two="ready", three="ready")
        assert copy.cells["two"]["needs"][0]["message"] == (
            "`k` comes from another notebook, not from cell 1."
        )

        await second.run("k = [2]", "one")
        await copy.until_statuses(one="fresh", two="ready")
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")


async def test_a_notebook_whose_file_has_no_cell_ids(
    start_kernel: Any, client_of: Any, open_panel: Any
) -> None:
    kernel_id = await start_kernel()
    first, second = [await client_of(kernel_id) for _ in range(2)]
    async with open_panel(kernel_id) as panel:
        await show(panel, NOTEBOOK, first)
        await run_all(first, NOTEBOOK)
        await panel.until_statuses(one="fresh", two="fresh", three="fresh")
    async with open_panel(kernel_id) as panel:
        again = {f"new-{cell_id}": source for cell_id, source in NOTEBOOK.items()}
        await show(panel, again, second)
        await panel.until_statuses(**dict.fromkeys(again, "fresh"))
        await panel.show({}, order=["new-two", "new-three"])
        await panel.until(lambda it: origin_of_k(it)[0] == "a deleted cell")
        assert origin_of_k(panel) == ("a deleted cell", NOTEBOOK["one"], "one", None, "new-two")
