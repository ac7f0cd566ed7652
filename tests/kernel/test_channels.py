"""Do the channels keep what they promise when things happen together?"""

from __future__ import annotations

import asyncio

import pytest

from jupyter_namespace_viz.kernel.errors import KernelSilent
from jupyter_namespace_viz.kernel.transports.pending_replies import is_done
from tests.kernel.conftest import PATIENCE, World


async def test_a_cancellation_that_comes_with_the_answer() -> None:
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    waiting = asyncio.ensure_future(is_done(answer, PATIENCE))
    await asyncio.wait([waiting], timeout=0)
    answer.set_result(None)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_requests_that_wait_when_the_channels_close(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    request = asyncio.ensure_future(
        wire.channels.request("shell", "no_such_request", {}, timeout=None)
    )
    await asyncio.wait([request], timeout=0)
    wire.channels.close()
    wire.channels.close()
    with pytest.raises(KernelSilent):
        await request
    with pytest.raises(KernelSilent):
        wire.channels.send("control", "kernel_info_request", {})


async def test_the_channels_of_a_process_that_is_gone(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    assert wire.channels.is_current()
    await kernel.kernels.shutdown_kernel(kernel.id, now=True)
    assert not wire.channels.is_current()
    with pytest.raises(KernelSilent, match="has ended or moved"):
        await wire.channels.request("control", "kernel_info_request", {}, PATIENCE, again=0.01)


async def test_a_message_that_nobody_asked_for(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    session = wire.channels._session
    message = {**session.msg("status", {"execution_state": "starting"}), "parent_header": None}
    parsed = wire.channels._parse(session.serialize(message)[1:])
    assert parsed is not None
    assert parsed["parent_header"] == {}  # xeus sends null
    wire.on_iopub(parsed)
