"""Do the user's own trace and profile functions and our hooks leave each other alone?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kernel.conftest import RunningKernel, World
from tests.kernel.test_probe import reported_on_next_run

# Notes what of ours it sees, by function.
SETUP = """
import collections, cProfile, json, sys, threading
ours, theirs = collections.Counter(), collections.Counter()
def trace(frame, event, argument):
    is_ours = frame.f_code.co_filename == '<jupyter_namespace_viz>'
    (ours if is_ours else theirs)[frame.f_code.co_name] += 1
    return trace
def f(): return 1
"""

SWITCHES = {
    "sys.settrace": ("sys.settrace(trace)", "sys.settrace(None)"),
    "sys.setprofile": ("sys.setprofile(trace)", "sys.setprofile(None)"),
    "both": (
        "sys.settrace(trace); sys.setprofile(trace)",
        "sys.settrace(None); sys.setprofile(None)",
    ),
}


async def seen(kernel: RunningKernel, name: str) -> dict[str, int]:
    counts: dict[str, int] = json.loads((await kernel.run(f"print(json.dumps({name}))")).text)
    return counts


@pytest.mark.parametrize("case", SWITCHES)
async def test_what_the_user_traces_with(world: World, case: str) -> None:
    on, off = SWITCHES[case]
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(SETUP, cell="setup")
    await reported_on_next_run(wire)
    await kernel.run(on, cell="on")
    await reported_on_next_run(wire)
    for number in range(5):
        ran = await kernel.run(f"x = f() + {number}\ny = {{x: [x]}}", cell="a")
        assert (ran.text, ran.reply["content"]["status"]) == ("", "ok")
        push = await reported_on_next_run(wire)
        assert {"x", "y"} <= set(push.names)
    await kernel.run(off, cell="off")
    await reported_on_next_run(wire)
    theirs, ours = await seen(kernel, "theirs"), await seen(kernel, "ours")
    # Switched on again after each hook, it has seen all calls of the user's function,
    assert theirs["f"] >= 5 * 2
    # and of ours only that there was a call: nothing of what the hooks do.
    assert set(ours) <= {"run", "suspend_tracing", "resume_tracing"}


async def test_a_trace_function_that_raises(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    raising = (
        "import sys\n"
        "def trace(frame, event, argument):\n"
        "    if frame.f_code.co_filename == '<jupyter_namespace_viz>' and event == 'line':\n"
        "        raise ValueError('of the user')\n"
        "    return trace\n"
        "sys.settrace(trace)"
    )
    for number in range(3):
        await kernel.run(raising, cell="on")
        await kernel.run(f"x = {number}", cell="a")
    ran = await kernel.run("import sys; sys.settrace(None); y = 1", cell="b")
    assert ran.reply["content"]["status"] == "ok"
    await wire.next_push(lambda push: "y" in getattr(push, "names", ()))


async def test_cprofile_from_one_cell_to_another(world: World) -> None:
    outputs = []
    for with_probe in (False, True):
        kernel = await world.start()
        if with_probe:
            await world.wire(kernel).attach()
        await kernel.run(SETUP, cell="setup")
        await kernel.run("profile = cProfile.Profile(); profile.enable()", cell="a")
        await kernel.run("for _ in range(7): f()", cell="b")
        await kernel.run("profile.disable()", cell="c")
        count = (
            "[it.callcount for it in profile.getstats() if getattr(it.code, 'co_name', '') == 'f']"
        )
        ran = await kernel.run(f"print({count})", cell="d")
        outputs.append((ran.text, ran.reply["content"]["status"]))
    assert outputs[0] == outputs[1] == ("[7]\n", "ok")


@pytest.mark.parametrize("function", ["settrace", "setprofile"])
async def test_what_the_users_threads_are_traced_with(world: World, function: str) -> None:
    kernel = await world.start()
    await kernel.run(f"{SETUP}\nthreading.{function}(trace)", cell="setup")
    wire = world.wire(kernel)
    await wire.attach()
    go = world.cwd / "go"
    long = f"import os, time\nz = 1\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)"
    run = kernel.send(long, cell="long")  # our thread begins with it, and looks
    await wire.next_push(lambda push: "z" in getattr(push, "names", ()))
    go.touch()
    await kernel.end_of(run)
    await kernel.run("thread = threading.Thread(target=f); thread.start(); thread.join()", cell="a")
    ours: dict[str, Any] = await seen(kernel, "ours")
    assert set(ours) <= {"run", "suspend_tracing"}
    assert (await seen(kernel, "theirs"))["f"] >= 2
