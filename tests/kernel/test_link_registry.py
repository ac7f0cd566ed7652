"""Is there one link per kernel, for as long as the kernel lives?"""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from jupyter_events import EventLogger
from jupyter_server import DEFAULT_EVENTS_SCHEMA_PATH

from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link_registry import KERNEL_ACTIONS, LinkRegistry
from tests.kernel.conftest import LOG, World, is_attached, until


async def test_all_who_watch_a_kernel_share_its_link(world: World) -> None:
    kernel, other = await world.start(), await world.start()
    links = world.links()
    assert links.link_to(kernel.id) is links.link_to(kernel.id)
    assert links.link_to(kernel.id) is not links.link_to(other.id)


async def test_an_unknown_kernel(world: World) -> None:
    with pytest.raises(UnknownKernel, match="There is no kernel 'nobody'"):
        world.links().link_to("nobody")


async def test_a_kernel_that_was_shut_down_is_unknown(world: World) -> None:
    kernel = await world.start()
    links = world.links()
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    await kernel.kernels.shutdown_kernel(kernel.id)
    await until(link, lambda view: view.state == "dead")
    with pytest.raises(UnknownKernel):
        links.link_to(kernel.id)


async def test_watchers_are_called_for_changes_only_and_until_they_leave(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    seen = []
    unwatch = link.watch(lambda: seen.append(link.view))
    link.watch(lambda: 1 / 0)  # logged; the others are told all the same
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "x" in view.namespace.names and is_attached(view))
    assert [(it.state, *it.running_codes, "x" in it.namespace.names) for it in seen] == [
        ("busy", False),
        ("busy", "x = 1", False),
        ("busy", "x = 1", True),
        ("idle", True),
    ]
    unwatch()
    unwatch()
    await kernel.run("y = 1", cell="b")
    await until(link, lambda view: "y" in view.namespace.names and is_attached(view))
    assert len(seen) == 4


async def test_the_servers_events_tell_how_a_generation_began(world: World) -> None:
    logger = EventLogger()
    logger.register_event_schema(DEFAULT_EVENTS_SCHEMA_PATH / "kernel_actions" / "v1.yaml")
    links = world.links(event_logger=logger)
    kernel = await world.start()

    async def emit(action: str) -> None:
        event = {"kernel_id": kernel.id, "kernel_name": "python3", "status": "success"}
        logger.emit(schema_id=KERNEL_ACTIONS, data={**event, "action": action, "msg": ""})
        await logger.gather_listeners()

    await emit("start")
    link = links.link_to(kernel.id)
    view = await until(link, is_attached)
    assert view.namespace.beginning == "started"
    await emit("restart")
    await kernel.run("x = 1", cell="a")
    view = await until(link, lambda view: "x" in view.namespace.names)
    assert view.namespace.generation == 1  # the same process answers: it was no restart
    await emit("shutdown")
    assert link.view.state == "dead"
    await links.close()
    await emit("restart")


async def test_closing_leaves_the_kernel_running(world: World) -> None:
    kernel = await world.start()
    links = world.links(event_logger=EventLogger())
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    await links.close()
    await links.close()
    ran = await kernel.run("print(6 * 7)")
    assert ran.text == "42\n"


async def test_a_closed_link_does_not_attach_again(world: World) -> None:
    kernel = await world.start()
    links = world.links()
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    await links.close()
    others = asyncio.all_tasks()
    link._connection.attach()
    assert asyncio.all_tasks() == others


async def test_a_link_is_no_connection_and_no_activity(world: World) -> None:
    kernel = await world.start()
    links = world.links()
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    before = kernel.manager.last_activity
    await link.find_modules(["wave", "json"])
    await links.close()
    await until(world.links().link_to(kernel.id), is_attached)
    assert kernel.manager.last_activity == before
    assert kernel.kernels._kernel_connections[kernel.id] == 0
    assert kernel.manager.execution_state == "idle"


async def test_a_kernel_whose_manager_offers_no_connection() -> None:
    class Managers(dict):
        get_kernel = dict.__getitem__

    links = LinkRegistry(Managers(k=SimpleNamespace()), None, LOG, lambda _: frozenset())
    view = await until(links.link_to("k"), lambda view: view.state == "unreachable")
    assert (
        view.message == "Cannot connect to this kernel: its kernel manager provides no connection."
    )
    await links.close()
