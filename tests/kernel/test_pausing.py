"""Does a link without watchers cost nothing, and lose nothing?"""

from __future__ import annotations

import os
import signal
from typing import Any

import psutil
import pytest
from jupyter_events import EventLogger
from jupyter_server import DEFAULT_EVENTS_SCHEMA_PATH

from jupyter_namespace_viz.kernel.errors import UnknownKernel
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import KERNEL_ACTIONS
from tests.kernel.conftest import RunningKernel, World, eventually, is_attached, until


def connections_to(kernel: RunningKernel) -> int:
    """How many connections this process has to the kernel."""
    mine = psutil.Process().net_connections("tcp")
    ports = set(kernel.manager.ports)
    return sum(bool(it.raddr) and it.raddr.port in ports for it in mine)


async def rested(world: World, kernel: RunningKernel, **options: Any) -> KernelLink:
    """A link to this kernel that knew `x` and rests."""
    without = connections_to(kernel)
    link = world.links(disconnect_delay=0.1, **options).link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "a" in view.namespace.runs and is_attached(view))
    assert connections_to(kernel) > without
    await eventually(lambda: connections_to(kernel) == without)
    assert link.view.state == "connecting"
    return link


def kernel_events() -> EventLogger:
    """Where the server tells what it does with kernels."""
    logger = EventLogger()
    logger.register_event_schema(DEFAULT_EVENTS_SCHEMA_PATH / "kernel_actions" / "v1.yaml")
    return logger


async def emit(logger: EventLogger, kernel: RunningKernel, action: str) -> None:
    event = {"kernel_id": kernel.id, "kernel_name": "python3", "status": "success", "msg": ""}
    logger.emit(schema_id=KERNEL_ACTIONS, data={**event, "action": action})
    await logger.gather_listeners()


async def test_a_link_rests_when_nobody_watches_and_wakes_when_somebody_does(world: World) -> None:
    kernel = await world.start()
    link = await rested(world, kernel)
    await kernel.run("y = x\ndel x", cell="b")
    namespace = (await until(link, is_attached)).namespace
    assert set(namespace.names) == {"y"}
    assert namespace.generation == 1
    assert set(namespace.runs) == {"a", "b"}
    assert namespace.names["y"].bound_by is namespace.runs["b"]
    assert namespace.deleted_by["x"] is namespace.runs["b"]


async def test_a_link_is_awake_while_anybody_watches(world: World) -> None:
    kernel = await world.start()
    link = world.links(disconnect_delay=0.0).link_to(kernel.id)
    unwatch = link.watch(lambda: None)
    await until(link, is_attached)  # which watches for a while as well
    await kernel.run("x = 1", cell="a")
    await eventually(lambda: "x" in link.view.namespace.names)
    unwatch()
    unwatch()
    await eventually(lambda: link.view.state == "connecting")
    assert "x" in link.view.namespace.names


async def test_a_restart_while_it_rests_that_the_server_tells_of(world: World) -> None:
    kernel, logger = await world.start(), kernel_events()
    link = await rested(world, kernel, event_logger=logger)
    without = connections_to(kernel)
    await kernel.kernels.restart_kernel(kernel.id)
    await emit(logger, kernel, "restart")
    assert link.view.namespace.generation == 2
    assert connections_to(kernel) <= without
    view = await until(link, is_attached)
    assert (view.namespace.generation, view.namespace.beginning) == (2, "restarted")
    assert view.namespace.lost == {"x"}
    assert not view.namespace.names


async def test_a_restart_while_it_rests_that_nobody_tells_of(world: World) -> None:
    kernel = await world.start()
    link = await rested(world, kernel)
    await kernel.kernels.restart_kernel(kernel.id)
    await kernel.connect()
    await kernel.run("y = 1", cell="b")
    view = await until(link, is_attached)
    assert (view.namespace.generation, view.namespace.beginning) == (2, "restarted")
    assert view.namespace.lost == {"x"}
    assert set(view.namespace.names) == {"y"}


async def test_a_death_while_it_rests(world: World) -> None:
    kernel = await world.start()
    link = await rested(world, kernel)
    os.kill(kernel.pid, signal.SIGKILL)
    await eventually(lambda: link.view.namespace.generation == 2)
    view = await until(link, is_attached)
    assert (view.namespace.generation, view.namespace.beginning) == (2, "died")
    assert view.namespace.lost == {"x"}


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_shutdown_while_it_rests(world: World, is_told: bool) -> None:
    kernel, other, logger = await world.start(), await world.start(), kernel_events()
    links = world.links(disconnect_delay=0.0, event_logger=logger)
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    await eventually(lambda: link.view.state == "connecting")
    await kernel.kernels.shutdown_kernel(kernel.id)
    if is_told:
        await emit(logger, kernel, "shutdown")
        assert link.view.state == "dead"
    with pytest.raises(UnknownKernel):
        links.link_to(kernel.id)
    links.link_to(other.id)
    assert link.view.state == "dead"
    assert link.view.message == "The kernel was shut down."


async def test_an_idle_kernel_is_asked_ever_more_rarely(world: World) -> None:
    kernel = await world.start()
    silence = 0.5
    link = world.links(silence=silence).link_to(kernel.id)
    unwatch = link.watch(lambda: None)
    await until(link, is_attached)
    # `test_polling.py` has when it is asked; here it is seen that the answers count for that.
    await eventually(lambda: link._schedule.longest_wait(is_busy=False) >= 4 * silence)
    assert link.view.state == "idle"
    unwatch()
