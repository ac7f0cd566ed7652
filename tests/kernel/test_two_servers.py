"""Is a kernel that outlives its server, or that two servers know, the same kernel to each?

A server finds kernels that it has not started itself by their connection files
(`--ServerApp.allow_external_kernels=True`).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from tests.kernel.conftest import LOG, PATIENCE, World, is_attached, until


@asynccontextmanager
async def another_server(world: World) -> AsyncIterator[KernelLink]:
    """A server that finds the kernel by its file, and its link to it."""
    kernels = AsyncMappingKernelManager(external_connection_dir=str(world.cwd))
    (kernel_id,) = kernels.list_kernel_ids()
    links = LinkRegistry(kernels, None, LOG, read_cell, PATIENCE)
    try:
        yield links.link_to(kernel_id)
    finally:
        await links.close()
        kernels.context.destroy(linger=0)


async def test_two_servers_on_one_kernel(world: World) -> None:
    kernel = await world.start()
    own = world.links().link_to(kernel.id)
    await until(own, is_attached)
    async with another_server(world) as other:
        await until(other, is_attached)
        await kernel.run("x = 1", cell="a")
        for link in (own, other):
            view = await until(link, lambda view: "x" in view.namespace.names and is_attached(view))
            assert view.namespace.names["x"].bound_by is view.namespace.runs["a"]

        # One that is killed because it is slow to end cannot say that it is restarted.
        kernel.kernels.get_kernel(kernel.id).shutdown_wait_time = PATIENCE
        restart = asyncio.ensure_future(kernel.kernels.restart_kernel(kernel.id))
        for link in (own, other):
            view = await until(link, lambda view: view.namespace.generation == 2)
            assert not view.namespace.names
            assert view.namespace.beginning == "restarted"
        await restart
        await until(other, is_attached)
        await kernel.connect()
        await kernel.run("y = 1", cell="a")
        for link in (own, other):
            await until(link, lambda view: "y" in view.namespace.names and is_attached(view))

        os.kill(kernel.pid, signal.SIGKILL)
        view = await until(other, lambda view: view.namespace.generation == 3)
        assert (view.state, view.message) == ("dead", "The kernel died.")
        # It is started again by the server whose it is.
        await until(other, is_attached)


async def test_a_server_that_is_started_again_under_a_living_kernel(world: World) -> None:
    kernel = await world.start()
    async with another_server(world) as link:
        await until(link, is_attached)
        await kernel.run("x = 1\ny = 2", cell="a")
        await kernel.run("del y", cell="b")
        expected = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    await kernel.run("z = 3", cell="c")  # while no server is there
    go = world.cwd.parent / "go"
    wait = f"import os, time\nlate = 1\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    run = kernel.send(wait, cell="long")
    async with another_server(world) as link:
        view = await until(link, lambda view: "late" in view.namespace.names)
        assert view.state == "busy"
        runs, before = view.namespace.runs, expected.namespace.runs
        assert (runs["a"], runs["b"]) == (before["a"], before["b"])
        assert view.namespace.names["x"].bound_by is runs["a"]
        assert view.namespace.names["z"].bound_by is runs["c"]
        assert view.namespace.deleted_by["y"] is runs["b"]
        go.touch()
        ran = await kernel.end_of(run)
        assert ran.text == ""
        await until(link, is_attached)
