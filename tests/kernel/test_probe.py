"""Does the probe report what the kernel holds, and change nothing else?"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from jupyter_namespace_viz.probe import changes
from jupyter_namespace_viz.probe.probe import TARGET, VERSION
from jupyter_namespace_viz.protocol.probe_messages import (
    COMM_TARGET,
    MOST_DESCRIBED,
    MOST_REMOVED,
    PROBE_PROTOCOL_VERSION,
    Delta,
    Found,
    NameRecord,
    ProbeMessage,
    Push,
    Snapshot,
    Starred,
)
from tests.kernel.conftest import PATIENCE, Wire, World, is_attached, until


def is_cell(push: Push) -> bool:
    return isinstance(push, Delta) and push.why == "cell"


async def reported_on_next_run(wire: Wire) -> Delta:
    """What the probe reports on the next run, also by ticks while it lasts (on a slow machine)."""
    names: dict[str, NameRecord] = {}
    removed: list[str] = []
    while True:
        push = await wire.next_push()
        assert isinstance(push, Delta)
        names.update(push.names)
        removed += push.removed.split()
        if is_cell(push):
            return msgspec.structs.replace(push, names=names, removed=" ".join(removed))


def test_the_probe_speaks_our_protocol() -> None:
    assert (TARGET, VERSION) == (COMM_TARGET, PROBE_PROTOCOL_VERSION)
    assert (changes.CHUNK, changes.MOST_REMOVED) == (MOST_DESCRIBED, MOST_REMOVED)


async def test_every_message_is_what_the_types_say(world: World) -> None:
    kernel = await world.start()
    await kernel.run("x = 1; y = 2")
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run("import json; x = [1, 2]", cell="a")
    await kernel.run("del y\n1 / 0", cell="b")
    await kernel.run("", cell="c")
    go = world.cwd / "go"
    run = kernel.send(f"z = 1\nimport os, time\nwhile not os.path.exists({str(go)!r}): pass")
    await wire.next_push(lambda push: isinstance(push, Delta) and push.why == "tick")
    answers = [
        await wire.ask_raw(op="ping", rid="1"),
        await wire.ask_raw(op="snapshot", rid="2"),
        await wire.ask_raw(op="look", rid="8"),
        await wire.ask_raw(op="describe", rid="3", names=["x", "nobody"]),
        await wire.ask_raw(op="find", rid="4", names=["json", "nobody"]),
        await wire.ask_raw(op="stars", rid="7", names=["json", "nobody"]),
        await wire.ask_raw(op="nonsense", rid="5"),
        await wire.ask_raw(op="describe", rid=None, names=None),
    ]
    go.touch()
    await kernel.end_of(run)
    await wire.next_push(is_cell)
    messages = [*wire.raw_pushes, *answers]
    assert {message["op"] for message in messages} == {
        "delta", "pong", "snapshot", "looked", "described", "found", "starred", "failed"
    }  # fmt: skip
    for message in messages:
        sent = msgspec.json.encode(msgspec.convert(message, ProbeMessage))
        assert msgspec.json.decode(sent) == message


DELTAS: dict[str, tuple[str, set[str], set[str], bool]] = {
    # source: names told, names removed, succeeded
    "a new name": ("z = 1", {"z"}, set(), True),
    "another object": ("x = 'other'", {"x"}, set(), True),
    "changed in place": ("items.append(3)", {"items"}, set(), True),
    "nothing": ("6 * 7", set(), set(), True),
    "deleted": ("del x", set(), {"x"}, True),
    "deleted and bound again": ("del x; x = 5", {"x"}, set(), True),
    "bound indirectly": ("globals()['z'] = 1", {"z"}, set(), True),
    "bound by code that the cell runs": ("get_ipython().run_cell('z = 1')", {"z"}, set(), True),
    "half done": ("z = 1\n1 / 0\nw = 2", {"z"}, set(), False),
    "not Python": ("z = = 1", set(), set(), False),
    "asynchronous": ("import time\nasync def f(): ...\nawait f()", {"time", "f"}, set(), True),
    "a magic": ("%env Z=1", set(), set(), True),
    "blank": ("  ", set(), set(), True),
    "a name of IPython's own, taken": ("open = 5", {"open"}, set(), True),
    "an underscore": ("_ = 5", set(), set(), True),
    "everything": ("%reset -f", set(), {"x", "items"}, True),
}  # fmt: skip


@pytest.mark.parametrize("case", DELTAS)
async def test_what_a_run_did(world: World, case: str) -> None:
    source, names, removed, succeeded = DELTAS[case]
    kernel = await world.start()
    await kernel.run("x = 1; items = [1, 2]")
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(source, cell="a")
    push = await reported_on_next_run(wire)
    assert (set(push.names), set(push.removed.split()), push.undescribed) == (names, removed, "")
    run = push.run
    assert run is not None
    assert (run.serial, run.cell_id, run.source, run.succeeded) == (2, "a", source, succeeded)
    assert run.execution_count == (None if case == "blank" else 2)
    binder = None if case == "changed in place" else 2
    assert [record.bound_by for record in push.names.values()] == [binder] * len(names)


ERRORS: dict[str, tuple[str, str | None, str | None]] = {
    # source: the error's name, the module or the name that was not found
    "none": ("z = 1", None, None),
    "of Python": ("1 / 0", "ZeroDivisionError", None),
    "not Python": ("z = = 1", "SyntaxError", None),
    "no module": ("import nowhere.at_all", "ModuleNotFoundError", "nowhere"),
    "no name": ("z = 1; zz", "NameError", "zz"),
    "no name in a function": ("def f(): return zz\nf()", "NameError", "zz"),
    "no local name": ("def f():\n    zz\n    zz = 1\nf()", "UnboundLocalError", None),
    "no free name": (
        "def f():\n    def g(): return zz\n    g()\n    zz = 1\nf()", "NameError", None,
    ),
    "a message of the user's": ("raise NameError('zz')", "NameError", None),
    "an exit": ("import sys; sys.exit()", "SystemExit", None),
    "of a function's own class": (
        "def f():\n    class Own(Exception): pass\n    raise Own\nf()", "Own", None,
    ),
    "whose class would run code": (
        "class Kind(type):\n    __name__ = property(lambda _: 'Wrong')\n"
        "class Own(ModuleNotFoundError, metaclass=Kind):\n"
        "    name = property(lambda _: 'wrong')\n"
        "raise Own", "Own", None,
    ),
    "interrupted": (
        "import os, signal; os.kill(os.getpid(), signal.SIGINT)", "KeyboardInterrupt", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS)
async def test_what_a_run_raised(world: World, case: str) -> None:
    source, error, not_found = ERRORS[case]
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(source, cell="a")
    run = (await reported_on_next_run(wire)).run
    assert run is not None
    assert (run.error, run.missing_module or run.missing_name) == (error, not_found)


async def test_what_is_only_mentioned_is_told_once(world: World) -> None:
    kernel = await world.start()
    await kernel.run("x = 1; items = [1, 2]")
    wire = world.wire(kernel)
    await wire.attach()
    told = []
    for source in ("x, items", "x, items", "items.append(x)", "items.pop(), x", "x = 2", "x"):
        await kernel.run(source)
        told.append(set((await reported_on_next_run(wire)).names))
    assert told == [{"x", "items"}, set(), {"items"}, {"items"}, {"x"}, set()]
    await wire.ask_raw(op="snapshot", rid="1")  # somebody else may know another state by now
    await kernel.run("x")
    assert set((await reported_on_next_run(wire)).names) == {"x"}


async def test_who_asked_for_a_run(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    askers = []
    for client in ("notebook", "console"):
        await kernel.connect()
        await kernel.run("x = 1", cell="a", from_notebook=client == "notebook")
        run = (await reported_on_next_run(wire)).run
        assert run is not None
        assert kernel.client is not None
        assert run.client == kernel.client.session.session
        askers.append((run.cell_id, run.from_notebook))
    assert askers == [("a", True), ("a", False)]


async def test_a_name_of_ipythons_own_is_the_users_until_it_is_restored(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("kept = open; open = 5; exit = 6", cell="a")
    await until(link, lambda view: {"open", "exit"} <= view.namespace.names.keys())
    await kernel.run("open = kept; del exit", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs)
    assert set(view.namespace.names) == {"kept"}


async def test_code_that_is_no_run_takes_no_credit(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run("x = 1", cell="a")
    await wire.next_push(is_cell)
    await kernel.run("x = 2; y = 3", silent=True, store_history=False)
    push = await wire.next_push()
    assert isinstance(push, Delta)
    assert (push.why, push.run) == ("other", None)
    assert {name: record.bound_by for name, record in push.names.items()} == {"x": None, "y": None}
    await kernel.run("z = 4", cell="b")
    push = await reported_on_next_run(wire)
    assert set(push.names) == {"z"}


DESCRIPTIONS: dict[str, tuple[str, NameRecord]] = {
    "a module": (
        "import json as it",
        NameRecord("module", "module", "json", "2.0.9", None, None, False),
    ),
    "a module by its own name": (
        "import os.path as it",
        NameRecord("module", "module", "posixpath", None, None, None, False),
    ),
    "a function": (
        "def it(): ...",
        NameRecord("function", "function", "__main__", None, None, None, False),
    ),
    "a built-in function": (
        "it = len",
        NameRecord("function", "builtin_function_or_method", "builtins", None, None, None, False),
    ),
    "a class": (
        "from collections import OrderedDict as it",
        NameRecord("class", "OrderedDict", "collections", None, None, None, False),
    ),
    "an instance": (
        "class Outer:\n    class Inner: ...\nit = Outer.Inner()",
        NameRecord("instance", "Outer.Inner", "__main__", None, None, None, False),
    ),
    "a number": ("it = 3", NameRecord("instance", "int", "builtins", None, "3", None, False)),
    "a long number": (
        "it = 10 ** 5000",
        NameRecord("instance", "int", "builtins", None, None, None, False),
    ),
    "nothing": (
        "it = None",
        NameRecord("instance", "NoneType", "builtins", None, "None", None, False),
    ),
    "a text": (
        "it = 'secret'",
        NameRecord("instance", "str", "builtins", None, "6 characters", None, False),
    ),
    "one item": (
        "it = [1]",
        NameRecord("instance", "list", "builtins", None, "1 item", None, False),
    ),
    "a startup file's name": (
        "",
        NameRecord("instance", "str", "builtins", None, "2 characters", None, True),
    ),
    "a startup file's name, bound again": (
        "it = 'no'",
        NameRecord("instance", "str", "builtins", None, "2 characters", None, False),
    ),
}


@pytest.mark.parametrize("case", DESCRIPTIONS)
async def test_descriptions(world: World, case: str) -> None:
    source, expected = DESCRIPTIONS[case]
    startup = world.kernel_spec_dir / "python3" / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "it.py").write_text("it = 'hi'", encoding="utf-8")
    kernel = await world.start()
    await kernel.run(source)
    wire = world.wire(kernel)
    await wire.attach()
    snapshot = await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    assert snapshot.names["it"] == expected
    assert not {"In", "Out", "exit", "get_ipython", "open", "_", "_i1"} & set(snapshot.names)


STARS = {
    "spelled out": ("__all__ = ['a', '_b']\nc = 1", ["_b", "a"]),
    "a tuple": ("__all__ = ('a',)", ["a"]),
    "public names": ("import os\na = 1\n_b = 2", ["a", "os"]),
    "a list of the user's own": ("class L(list): pass\n__all__ = L(['a'])", None),
    "names that are no text": ("__all__ = ['a', 1, b'c', 'd e', 'x' * 999]", ["a"]),
    "made by the module's code": ("def __getattr__(name): raise KeyboardInterrupt\na = 1", ["a"]),
    "not loaded": (None, None),
}


@pytest.mark.parametrize("case", STARS)
async def test_what_a_star_import_gives_is_told_without_running_it(world: World, case: str) -> None:
    text, names = STARS[case]
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    if text is not None:
        (world.cwd / "starry.py").write_text(text, encoding="utf-8")
        await kernel.run("import starry")
    answer = await wire.client.ask({"op": "stars", "names": ["starry"]}, Starred, PATIENCE)
    given = answer.modules["starry"]
    assert (None if given is None else sorted(given)) == names
    assert str(world.cwd.resolve()) == answer.folder
    assert answer.folder in answer.paths


async def test_the_names_of_a_module_are_not_told_while_it_is_still_being_imported(
    world: World,
) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    half, go = world.cwd / "half", world.cwd / "go"
    text = f"""
from pathlib import Path
a = 1
Path({str(half)!r}).touch()
while not Path({str(go)!r}).exists(): pass
b = 2"""
    (world.cwd / "starry.py").write_text(text, encoding="utf-8")
    run = kernel.send("from starry import *", cell="a")
    while not half.exists():
        await asyncio.sleep(0)
    answer = await wire.client.ask({"op": "stars", "names": ["starry"]}, Starred, PATIENCE)
    assert answer.modules == {"starry": None}
    go.touch()
    await kernel.end_of(run)
    answer = await wire.client.ask({"op": "stars", "names": ["starry"]}, Starred, PATIENCE)
    assert sorted(answer.modules["starry"] or ()) == ["Path", "a", "b"]


async def test_a_user_who_breaks_everything(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    ran = await kernel.run(
        "import builtins\n"
        "len = list = id = type = dict = set = None\n"
        "builtins.sorted = builtins.map = builtins.filter = None\n",
        cell="a",
    )
    push = await reported_on_next_run(wire)
    assert set(push.names) == {"builtins", "len", "list", "id", "type", "dict", "set"}
    ran = await kernel.run("x = 1", cell="b")
    assert ran.text == ""


async def test_hooks_that_the_user_cleared_come_back_when_asked(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    clear = "for it in get_ipython().events.callbacks.values(): it.clear()"
    await kernel.run("x = 1")
    await until(link, is_attached)
    await kernel.run(clear, cell="a")
    await kernel.run("y = 2", cell="b")
    await until(link, lambda view: "y" in view.namespace.names)
    await kernel.run("z = 3", cell="c")
    view = await until(link, lambda view: "z" in view.namespace.names and is_attached(view))
    assert view.namespace.names["z"].bound_by is view.namespace.runs["c"]


async def test_a_run_that_could_not_be_told_at_its_end(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    probe = f"get_ipython().kernel.comm_manager.targets[{TARGET!r}].__self__"
    hold = (
        "import threading\n"
        "held, go = threading.Event(), threading.Event()\n"
        "def hold():\n"
        f"    with {probe}.turn.lock:\n"
        "        held.set()\n"
        "        go.wait()\n"
        "thread = threading.Thread(target=hold)\n"
        "thread.start()\n"
        "held.wait()\n"
    )
    await kernel.run(f"{hold}x = 1", cell="a")
    view = await until(link, lambda view: "x" in view.namespace.names)
    assert view.namespace.runs["a"].succeeded
    await kernel.run("go.set(); thread.join(); y = 2", cell="b")
    await kernel.run("z = 3", cell="c")
    view = await until(link, lambda view: "z" in view.namespace.names and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    assert names["z"].bound_by is runs["c"]
    # Nobody could look before b began, so the probe does not say that b bound x.
    assert names["x"].bound_by is runs["a"]
    assert names["y"].bound_by is runs["b"]


async def test_an_interrupt_during_our_look(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    probe = f"get_ipython().kernel.comm_manager.targets[{TARGET!r}].__self__"
    interrupt = (
        "def interrupt(*args):\n"
        "    del watch.look\n"
        "    raise KeyboardInterrupt\n"
        f"watch = {probe}.changes.watch; watch.look = interrupt"
    )
    await kernel.run(f"{interrupt}\nx = 1", cell="a")
    view = await until(link, lambda view: "x" in view.namespace.names)
    await kernel.run("y = 2", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    assert names["x"].bound_by is runs["a"]
    assert names["y"].bound_by is runs["b"]


async def test_a_large_namespace(world: World) -> None:
    kernel = await world.start()
    await kernel.run("globals().update((f'early_{i}', i) for i in range(12_000))")
    link = world.links().link_to(kernel.id)
    await until(link, lambda view: is_attached(view) and len(view.namespace.names) >= 12_000)
    await kernel.run("globals().update((f'late_{i}', i) for i in range(18_000))", cell="a")
    await until(link, lambda view: is_attached(view) and len(view.namespace.names) >= 30_000)
    # From here on the probe looks at all names only now and then.
    await kernel.run("print(early_1); early_2 = 'changed'", cell="b")
    await kernel.run("new = 1; del late_5", cell="c")
    view = await until(
        link, lambda view: view.namespace.deleted_by.keys() == {"late_5"} and is_attached(view)
    )
    names, runs = view.namespace.names, view.namespace.runs
    assert names["early_1"].bound_by is None
    assert names["early_2"].bound_by is runs["b"]
    assert names["late_7"].bound_by is runs["a"]
    assert names["new"].bound_by is runs["c"]
    assert "late_5" not in names


async def test_other_comm_info_requests_are_answered_as_before(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    for content in ({}, {"target_name": "other"}, {TARGET: "no question"}):
        reply = await wire.channels.request("control", "comm_info_request", content, PATIENCE)
        comms: dict[str, Any] = reply["content"]["comms"]
        assert reply["content"]["status"] == "ok"
        assert TARGET not in reply["content"]
        expected = [] if "target_name" in content else [TARGET]
        assert [comm["target_name"] for comm in comms.values()] == expected


async def test_asking_is_no_execution_to_those_who_listen(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    assert kernel.client is not None
    await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    await wire.client.ask({"op": "find", "names": ["wave"]}, Found, PATIENCE)
    ran = await kernel.run("x = 1")
    assert ran.statuses == ["busy", "idle"]


async def test_another_version_is_replaced(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    first = await wire.attach()
    await kernel.run(
        f"get_ipython().kernel.comm_manager.targets[{TARGET!r}].__self__.version = 0; x = 1"
    )
    await wire.attachment._install()
    second = await wire.attach()
    assert first.epoch != second.epoch
    await kernel.run("y = 2", cell="a")
    push = await wire.next_push(lambda push: push.epoch == second.epoch)
    assert isinstance(push, Delta)
    assert set(push.names) == {"y"}


async def test_a_child_process_says_nothing(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(
        "import os\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    get_ipython().events.trigger('post_execute')\n"
        "    os._exit(0)\n"
        "status = os.waitpid(child, 0)[1]",
        cell="a",
    )
    push = await reported_on_next_run(wire)
    assert set(push.names) == {"os", "child", "status"}
    assert push.names["status"].summary == "0"
    assert not wire.pushes
