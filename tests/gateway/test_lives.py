"""Is every end of a kernel on another machine noticed, and every end of its connection?"""

from __future__ import annotations

import asyncio

from tests.gateway.conftest import Notebook, Site

CELLS = {"one": "import colorsys as cs", "two": "print(cs.__name__)"}
RESTARTED = "`cs` is missing: the kernel was restarted and cell 1 has not run since."


async def opened(notebook: Notebook) -> None:
    """Opens the notebook, and runs its first cell."""
    await notebook.show(CELLS)
    await notebook.panel.until_statuses(one="ready", two="blocked")
    await notebook.run("one")
    await notebook.panel.until_statuses(one="fresh", two="ready")


async def test_a_restart_is_reported_before_it_is_over(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        restart = asyncio.ensure_future(
            site.ask("POST", f"api/kernels/{notebook.kernel_id}/restart")
        )
        await notebook.until_kernel(generation=2)
        assert not restart.done()
        assert notebook.panel.cells["two"]["message"] == RESTARTED
        await restart
        await notebook.until_kernel(state="idle")
        assert notebook.panel.cells["two"]["message"] == RESTARTED
        await notebook.run("one")
        await notebook.panel.until_statuses(one="fresh", two="ready")
        assert notebook.panel.report["kernel"]["generation"] == 2


async def test_a_restart_while_a_cell_runs(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        await notebook.send("import time\nwhile True: time.sleep(0.01)")
        await notebook.until_kernel(state="busy")
        await site.ask("POST", f"api/kernels/{notebook.kernel_id}/restart")
        await notebook.until_kernel(generation=2)
        await notebook.until_kernel(state="idle")
        assert notebook.panel.cells["two"]["message"] == RESTARTED


async def test_a_kernel_that_dies_is_restarted_by_the_gateway(site: Site) -> None:
    go = site.gateway.home / "die"
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    async with site.notebook() as notebook:
        await opened(notebook)
        await notebook.send(f"{wait}\nos._exit(1)")
        await notebook.until_kernel(state="busy")
        go.touch()
        await notebook.until_kernel(generation=2)  # when the gateway has looked
        assert notebook.panel.cells["two"]["needs"][0]["message"] == (
            "`cs` is missing: the kernel died and was restarted, and cell 1 has not run since."
        )
        await notebook.until_kernel(state="idle")
        await notebook.run("one")
        await notebook.panel.until_statuses(one="fresh", two="ready")


async def test_a_shutdown(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        await site.ask("DELETE", f"api/kernels/{notebook.kernel_id}")
        kernel = await notebook.until_kernel(state="dead")
        assert kernel["message"] == "The kernel was shut down."
        await notebook.panel.until_statuses(one="ready", two="blocked")


async def test_a_shutdown_that_the_server_knows_nothing_of(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        await asyncio.to_thread(site.gateway.request, "DELETE", f"api/kernels/{notebook.kernel_id}")
        kernel = await notebook.until_kernel(state="dead")
        assert kernel["message"] == "The kernel was shut down."


async def test_a_network_that_is_cut_and_mended(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        site.cable.cut()
        try:
            kernel = await notebook.until_kernel(
                state="silent",
                message=f"The gateway 127.0.0.1:{site.cable.port} is not responding. Retrying…",
            )
            assert kernel["as_of"] is not None
            assert notebook.panel.report["summary"]["message"].startswith("When the kernel")
        finally:
            site.cable.mend()
        await notebook.until_kernel(state="idle")
        await notebook.panel.until_statuses(one="fresh", two="ready")
        assert notebook.panel.report["kernel"]["generation"] == 1
        assert await notebook.run("two") == "colorsys\n"
        await notebook.panel.until_statuses(one="fresh", two="fresh")


async def test_connections_that_break_and_come_back(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        site.cable.snap()
        await notebook.until_kernel(state="silent")
        await notebook.until_kernel(state="idle")
        await notebook.panel.until_statuses(one="fresh", two="ready")
        assert notebook.panel.report["kernel"]["generation"] == 1


async def test_a_kernel_that_nobody_watches_has_no_connection_of_ours(site: Site) -> None:
    async with site.notebook() as notebook:
        await opened(notebook)
        await notebook.until_connections(2)  # the notebook's and ours
        notebook.panel.close()
        await notebook.until_connections(1)  # a culler of the gateway counts them
        path = f"jupyter-namespace-viz/api/kernels/{notebook.kernel_id}/namespace"
        told = await site.ask("GET", path)
        assert [name["name"] for name in told["names"]] == ["cs"]
        assert told["generation"] == 1


async def test_what_a_gateway_keeps_for_a_notebook_that_is_away(site: Site) -> None:
    go = site.gateway.home / "come-back"
    wait = f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    async with site.notebook() as notebook:
        await opened(notebook)
        run = await notebook.send(f"{wait}\nprint('meanwhile')")
        await notebook.until_kernel(state="busy")
        notebook.panel.close()
        await notebook.until_connections(1)
        notebook.disconnect()
        await notebook.until_connections(0)
        go.touch()
        await notebook.connect()
        assert await notebook.end_of(run) == "meanwhile\n"


async def test_a_gateway_that_is_killed_and_started_again(site: Site) -> None:
    gateway = f"The gateway 127.0.0.1:{site.cable.port}"
    async with site.notebook() as notebook:
        await opened(notebook)
        site.gateway.kill()
        kernel = await notebook.until_kernel(state="silent")
        assert kernel["message"] == ("Connection to the gateway lost. Reconnecting…")
        await notebook.until_kernel(message=f"{gateway} cannot be reached. Retrying…")

        await asyncio.to_thread(site.gateway.start, token="another")
        kernel = await notebook.until_kernel(
            message=f"{gateway} refused the connection (401 Unauthorized):"
            " check the token that this server has for it."
        )
        assert kernel["state"] == "silent"
        site.gateway.kill()

        await asyncio.to_thread(site.gateway.start)
        kernel = await notebook.until_kernel(state="dead")
        assert kernel["message"] == f"{gateway} no longer has this kernel."
        await notebook.panel.until_statuses(one="ready", two="blocked")
    async with site.notebook() as notebook:
        await opened(notebook)
