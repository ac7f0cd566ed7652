"""Does the probe stay right and harmless, whatever the user's code does to its own process?"""

from __future__ import annotations

import asyncio
from typing import NoReturn

import pytest

from jupyter_namespace_viz.kernel.transports.local_channels import ZmqChannels
from jupyter_namespace_viz.probe.probe import TARGET
from jupyter_namespace_viz.protocol.probe_messages import Pong, Snapshot
from tests.kernel.conftest import PATIENCE, World, is_attached, until
from tests.kernel.test_probe import reported_on_next_run

PROBE = f"get_ipython().kernel.comm_manager.targets[{TARGET!r}].__self__"

FORKS = {
    "a pool of processes": (
        "import multiprocessing\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    result = pool.map(abs, range(-50, 0))\n"
        "result = len(result)",
        "50",
    ),
    "a child that runs cells": (
        "import os\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    for number in range(3):\n"
        "        get_ipython().run_cell(f'in_child = {number}')\n"
        "    os._exit(7)\n"
        "result = os.waitpid(child, 0)[1] >> 8",
        "7",
    ),
    "a child that is born while the probe looks": (
        "import os\n"
        f"turn = {PROBE}.turn\n"
        "turn.lock.acquire()\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    turn.take = lambda seconds: os._exit(1)\n"  # it would wait for a turn that never comes
        "    get_ipython().run_cell('in_child = 1')\n"
        "    os._exit(7)\n"
        "turn.lock.release()\n"
        "result = os.waitpid(child, 0)[1] >> 8",
        "7",
    ),
}


@pytest.mark.parametrize("case", FORKS)
async def test_a_fork(world: World, case: str) -> None:
    source, result = FORKS[case]
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    ran = await kernel.run(source, cell="a")
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    push = await reported_on_next_run(wire)
    assert push.names["result"].summary == result
    assert "in_child" not in push.names
    await kernel.run("after = 1", cell="b")
    push = await reported_on_next_run(wire)
    assert set(push.names) == {"after"}
    assert not wire.pushes


async def test_names_that_a_thread_binds_while_no_cell_runs(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    link.watch(lambda: None)
    await until(link, is_attached)
    await kernel.run(
        "import threading\n"
        "def bind():\n"
        "    global late, early\n"
        "    go.wait()\n"
        "    late = 1\n"
        "    del early\n"
        "    done.wait()\n"
        "go, done = threading.Event(), threading.Event()\n"
        "early = 0\n"
        "threading.Thread(target=bind, daemon=True).start()\n"
        "threading.Timer(1, go.set).start()",
        cell="a",
    )
    await until(link, lambda view: "early" in view.namespace.names and is_attached(view))
    activity = kernel.manager.last_activity
    view = await until(link, lambda view: "late" in view.namespace.names)
    assert view.state == "idle"
    assert "early" not in view.namespace.names
    assert view.namespace.names["late"].bound_by is None
    assert kernel.manager.last_activity == activity
    await kernel.run("done.set()", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    assert view.namespace.names["late"].bound_by is None


async def test_threads_that_bind_names_all_the_time(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run(
        "import threading\n"
        "stop = threading.Event()\n"
        "def churn(number):\n"
        "    names = [f'churned_{number}_{i}' for i in range(100)]\n"
        "    while not stop.is_set():\n"
        "        for name in names: globals()[name] = 1\n"
        "        for name in names: globals().pop(name)\n"
        "    globals()[f'last_{number}'] = 1\n"
        "threads = [threading.Thread(target=churn, args=(i,)) for i in range(2)]\n"
        "for thread in threads: thread.start()",
        cell="a",
    )
    for number in range(10):
        ran = await kernel.run(f"x = {number}", cell="b")
        assert ran.reply["content"]["status"] == "ok"
        assert ran.text == ""
    await kernel.run("stop.set()\nfor thread in threads: thread.join()", cell="c")
    view = await until(
        link, lambda view: "c" in view.namespace.runs and "last_1" in view.namespace.names
    )
    assert not [name for name in view.namespace.names if name.startswith("churned")]
    assert view.namespace.names["x"].bound_by is view.namespace.runs["b"]


async def test_builtins_that_are_taken_away(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    # Those that the kernel itself lives without; without `len` it does not answer any more.
    taken = "sum sorted print map filter hash round bytearray complex"
    ran = await kernel.run(
        f"import builtins\nfor name in {taken!r}.split(): delattr(builtins, name)\n"
        "__builtins__.reversed = __builtins__.divmod = None",
        cell="a",
    )
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    push = await reported_on_next_run(wire)
    assert set(push.names) == {"builtins", "name"}
    await kernel.run("list = 3; x = [1, 2]; y = {1: 2}; z = 2.5", cell="b")
    push = await reported_on_next_run(wire)
    assert {name: it.summary for name, it in push.names.items()} == {
        "list": "3", "x": "2 items", "y": "1 item", "z": "2.5"
    }  # fmt: skip
    await kernel.run("del list", cell="c")
    push = await reported_on_next_run(wire)
    assert (push.removed, push.undescribed) == ("list", "")
    snapshot = await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    assert {"x", "y", "z"} <= set(snapshot.names)


async def test_100_000_names(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("globals().update((f'name_{i}', i) for i in range(100_000))", cell="a")
    view = await until(link, lambda view: len(view.namespace.names) == 100_000)
    wire = world.wire(kernel)
    await wire.attach()
    # From now on no question is answered: what is known comes with the runs themselves.
    monkeypatch.setattr(ZmqChannels, "request", unanswered)
    await kernel.run("name_5 = 'other'", cell="b")
    assert (await reported_on_next_run(wire)).names.keys() == {"name_5"}
    await kernel.run("new = 1", cell="c")
    assert (await reported_on_next_run(wire)).names.keys() == {"new"}
    await kernel.run("del name_7", cell="d")
    push = await reported_on_next_run(wire)
    assert (push.names, push.removed) == ({}, "name_7")
    view = await until(link, lambda view: "d" in view.namespace.runs)
    names, runs = view.namespace.names, view.namespace.runs
    assert names["name_5"].type == "str"
    assert "new" in names
    assert "name_7" not in names
    assert view.namespace.deleted_by["name_7"] is runs["d"]
    assert names["name_9"].bound_by is runs["a"]
    await kernel.run("%reset -f", cell="e")
    assert len((await reported_on_next_run(wire)).removed.split()) == 100_000
    await until(link, lambda view: not view.namespace.names)


async def unanswered(*_: object) -> NoReturn:
    """A request of which nothing is heard."""
    await asyncio.Event().wait()
    raise AssertionError


# The probe's own clock, so that an hour is over in a moment; and what it keeps.
HOURS = f"""
import sys, threading, time
probe = {PROBE}
inner = type(probe).tick.__globals__
now, naps, looks, sizes, sent = [time.monotonic()], [], [], [], []
def sleep(seconds):
    naps.append(seconds)
    now[0] += seconds
    time.sleep(0.0001)
def look(text=None):
    looks.append(now[0])
    return type(probe.changes.watch).look(probe.changes.watch, text)
def send(message):
    sent.append(message["why"])
def size():
    kept = vars(probe), vars(probe.runs), vars(probe.changes), vars(probe.changes.watch)
    return sum(sys.getsizeof(it) for them in kept for it in them.values())
clock = dict(sleep=sleep, steady_seconds=lambda: now[0])
real = dict((name, inner[name]) for name in clock)
"""

THREE_HOURS = """
inner.update(clock)
probe.changes.watch.look, probe.send = look, send
end = now[0] + 3 * 3600
while now[0] < end:
    rebound = now[0]
    sizes.append(size())
    time.sleep(0.01)
inner.update(real)
del probe.changes.watch.look, probe.send
print(len(looks), len(sent), max(sizes[1:]) - min(sizes[1:]), max(naps))
"""


async def test_a_cell_that_runs_for_hours(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run(HOURS, cell="clock")
    ran = await kernel.run(THREE_HOURS, cell="long")
    looks, messages, growth, longest = ran.text.split()
    assert 10_700 < int(looks) < 10_900  # one a second
    assert 100 < int(messages) < 2_750  # at most one every four seconds
    assert int(growth) < 1_000  # bytes: numbers that got longer
    assert float(longest) == 1.0
    await until(link, lambda view: "long" in view.namespace.runs and is_attached(view))


async def test_names_come_and_go_while_a_cell_runs(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    folder = str(world.cwd)
    run = kernel.send(
        "import os, time\n"
        f"def until(file):\n    while not os.path.exists({folder!r} + file): time.sleep(0.01)\n"
        "gone = 1\ntime.sleep(2.5)\nrare = 1\nuntil('/1')\ndel gone\ncome = 2\nuntil('/2')",
        cell="long",
    )
    await until(link, lambda view: "gone" in view.namespace.names)
    await until(link, lambda view: "rare" in view.namespace.names)  # the looks are by now
    activity, state = kernel.manager.last_activity, kernel.manager.execution_state
    (world.cwd / "1").touch()
    view = await until(link, lambda view: "come" in view.namespace.names)
    assert "gone" not in view.namespace.names
    assert (view.state, state) == ("busy", "busy")
    assert activity is not None
    (world.cwd / "2").touch()
    ran = await kernel.end_of(run)
    assert ran.statuses == ["busy", "idle"]
    assert ran.text == ""
    assert ran.reply["content"]["status"] == "ok"
    await kernel.until_known_to_be("idle")
    await until(link, is_attached)


async def test_builtins_that_come_and_go(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    link.watch(lambda: None)
    view = await until(link, is_attached)
    wire = world.wire(kernel)
    await wire.attach()
    known = view.namespace.builtins
    assert known is not None
    assert {"sum", "ValueError", "__import__"} < known
    await kernel.run("x = 1", cell="a")
    assert (
        await reported_on_next_run(wire)
    ).builtins is None  # though IPython adds some for each run
    await kernel.run("del __builtins__.sum; __builtins__.mine = 1", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    assert view.namespace.builtins == known - {"sum"} | {"mine"}
    await kernel.kernels.restart_kernel(kernel.id, now=True)
    view = await until(link, lambda view: view.namespace.generation == 2 and is_attached(view))
    assert view.namespace.builtins == known


# Interrupts the first line of ours that has not been interrupted before. The hooks would suspend
# the tracer.
INTERRUPT = f"""
import sys
lines = []
type({PROBE}).tick.__globals__['suspend_tracing'] = lambda: (None, None)
class Tracer:
    hit = False
    def __call__(self, frame, event, argument):
        if frame.f_code.co_filename != '<jupyter_namespace_viz>':
            return None
        line = frame.f_lineno
        if event == 'line' and not self.hit and line not in lines:
            lines.append(line)
            self.hit = True
            raise KeyboardInterrupt
        return self
"""


async def test_an_interrupt_at_each_line_of_the_hooks(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(INTERRUPT, cell="setup")
    count = 0
    while True:
        await kernel.run(f"tracer = Tracer(); sys.settrace(tracer); x_{count} = 1", cell="on")
        ran = await kernel.run("sys.settrace(None); print(tracer.hit)", cell="off")
        if ran.text == "False\n":
            break
        count += 1
    assert count > 80
    pong = await wire.client.ask({"op": "ping"}, Pong, PATIENCE)
    assert pong.running is None
    # The lock is no thread's: this one, which is none of those that take the turn, gets it at once.
    take = (
        "import threading\n"
        f"turn, got = {PROBE}.turn, []\n"
        "def take(): got.append(turn.lock.acquire(blocking=False)); turn.give_back()\n"
        "taking = threading.Thread(target=take); taking.start(); taking.join(); print(got)"
    )
    ran = await kernel.run(take, cell="take")
    assert ran.text == "[True]\n"
    await kernel.run("last = 1", cell="last")
    view = await until(link, lambda view: "last" in view.namespace.runs and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    assert {f"x_{number}" for number in range(count)} <= set(names)
    assert names["last"].bound_by is runs["last"]
