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


DEEP = "[" * 100_000 + "]" * 100_000
CHANGED = [
    # a part of a message, and the JSON that a kernel sends instead
    *(("header", it) for it in ("", "null", "[]", "{}", '"x"', DEEP, "\udcff")),
    ("header", '{"msg_id": ["x"], "msg_type": "status"}'),
    ("header", '{"msg_id": "x", "msg_type": ["status"]}'),
    ("header", '{"msg_id": "x", "msg_type": "status", "session": {}}'),
    ("header", '{"msg_id": "x", "msg_type": "status", "date": "2026-99-99T99:99:99Z"}'),
    *(("parent_header", it) for it in ("", "[]", "3", DEEP)),
    ("parent_header", '{"msg_id": {}, "session": []}'),
    *(("metadata", it) for it in ("", "3")),
    *(("content", it) for it in ("", "null", "[]", "3", DEEP)),
    ("content", '{"execution_state": ["idle"]}'),
    ("content", '{"execution_state": {}, "comm_id": [], "status": 3}'),
]
PARTS = ("header", "parent_header", "metadata", "content")


async def test_what_no_kernel_sends(world: World, caplog: pytest.LogCaptureFixture) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    session = wire.channels._session
    whole = session.serialize(session.msg("status", {"execution_state": "busy"}))
    sent = [whole[:count] for count in range(len(whole))] + [[], [b"x"], [whole[0]] * 9]
    for part, text in CHANGED:
        frames = list(whole)
        frames[2 + PARTS.index(part)] = text.encode(errors="surrogateescape")
        sent.append([frames[0], session.sign(frames[2:]), *frames[2:]])
    for frames in sent:
        wire.channels._on_iopub(list(frames))
        wire.channels._on_reply(list(frames))
    assert (await wire.attach()).comms == [wire.channels.comm_id]
    assert not [it for it in caplog.records if it.levelname in {"WARNING", "ERROR"}]
