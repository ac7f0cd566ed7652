"""Does the link know what the kernel holds, and notice when it holds nothing any more?"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_namespace_viz.kernel import attachment
from jupyter_namespace_viz.kernel.attachment import Attachment
from jupyter_namespace_viz.kernel.transports.base import Channel, Message
from jupyter_namespace_viz.kernel.transports.local_channels import ZmqChannels
from jupyter_namespace_viz.kernel.view import KernelView
from jupyter_namespace_viz.protocol.probe_messages import Pong
from tests.kernel.conftest import KERNEL_PYTHON, PATIENCE, RunningKernel, World, is_attached, until


async def test_names_and_who_bound_them(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    assert link.view.state in {"connecting", "starting"}
    assert link.view.as_of is None
    await until(link, is_attached)
    await kernel.run("import math\nx = [1, 2]", cell="a")
    await kernel.run("def f(): ...", cell="b")
    view = await until(link, lambda view: "f" in view.namespace.names and is_attached(view))
    names = view.namespace.names
    assert {name: (held.kind, held.type, held.module) for name, held in names.items()} == {
        "math": ("module", "module", "math"),
        "x": ("instance", "list", "builtins"),
        "f": ("function", "function", "__main__"),
    }
    runs = view.namespace.runs
    assert names["x"].bound_by is runs["a"]
    assert names["f"].bound_by is runs["b"]
    assert (runs["a"].execution_count, runs["a"].source) == (1, "import math\nx = [1, 2]")
    assert (runs["a"].serial, runs["b"].serial, runs["a"].succeeded) == (1, 2, True)
    assert view.namespace.complete
    assert view.language == "python"
    assert view.as_of is not None
    assert view.as_of.tzinfo is not None


async def test_runs_before_the_link_are_known_from_history(world: World) -> None:
    kernel = await world.start()
    await kernel.run("x = 1", cell="a")
    await kernel.run("1 / 0", cell="b")
    await kernel.run("import gone.one", cell="c")
    await kernel.run("gone", cell="d")
    link = world.links().link_to(kernel.id)
    view = await until(link, is_attached)
    runs = view.namespace.other_runs
    assert [
        (it.execution_count, it.cell_id, it.source, it.error, it.missing_module or it.missing_name)
        for it in runs
    ] == [
        (1, None, "x = 1", None, None),
        (2, None, "1 / 0", "ZeroDivisionError", None),
        (3, None, "import gone.one", "ModuleNotFoundError", "gone"),
        (4, None, "gone", "NameError", "gone"),
    ]
    assert view.namespace.names["x"].bound_by is None
    assert view.namespace.complete


async def test_a_history_that_cannot_be_read_is_told(world: World) -> None:
    kernel = await world.start()
    await kernel.run("x = 1")
    await kernel.run("get_ipython().history_manager.input_hist_raw.clear()")
    link = world.links().link_to(kernel.id)
    view = await until(link, is_attached)
    assert not view.namespace.complete
    assert "x" in view.namespace.names


async def test_the_same_object_bound_again_credits_the_newest_run(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("x = 1", cell="a")
    await kernel.run("x = 1", cell="b")
    await kernel.run("print(x)", cell="c")
    await kernel.run("raise SystemError\nx = 1", cell="d")
    view = await until(link, lambda view: "d" in view.namespace.runs)
    assert view.namespace.names["x"].bound_by is view.namespace.runs["b"]


async def test_a_link_that_comes_later_learns_the_same(world: World) -> None:
    kernel = await world.start()
    first = world.links()
    await until(first.link_to(kernel.id), is_attached)
    await kernel.run("x = 1\ny = 2\ngone = 3", cell="a")
    await kernel.run("x = 1", cell="b")
    await kernel.run("y", cell="a")
    await kernel.run("del gone", cell="c")
    expected = await until(
        first.link_to(kernel.id), lambda view: "c" in view.namespace.runs and is_attached(view)
    )
    await first.close()
    second = world.links().link_to(kernel.id)
    view = await until(second, is_attached)
    assert view.namespace == expected.namespace
    assert view.namespace.names["y"].bound_by is not None
    assert view.namespace.names["y"].bound_by.source == "x = 1\ny = 2\ngone = 3"
    assert view.namespace.deleted_by["gone"] == view.namespace.runs["c"]


async def test_two_servers_share_one_kernel(world: World) -> None:
    kernel = await world.start()
    one, other = (world.links().link_to(kernel.id) for _ in range(2))
    await until(one, is_attached)
    await until(other, is_attached)
    ran = await kernel.run("x = 1", cell="a")
    for link in (one, other):
        await until(link, lambda view: "x" in view.namespace.names)
    deltas = [message for message in ran.iopub if message["header"]["msg_type"] == "comm_msg"]
    assert {message["content"]["data"]["rev"] for message in deltas} == {1}


async def test_a_long_cell_shows_its_names_while_it_runs(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    go = world.cwd / "go"
    run = kernel.send(
        f"x = 1\nimport os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\ny = 2",
        cell="a",
    )
    view = await until(link, lambda view: "x" in view.namespace.names)
    assert view.state == "busy"
    assert "y" not in view.namespace.names
    assert "a" not in view.namespace.runs
    go.touch()
    await kernel.end_of(run)
    view = await until(link, lambda view: "y" in view.namespace.names and is_attached(view))
    assert view.namespace.names["x"].bound_by is view.namespace.runs["a"]
    assert view.namespace.runs["a"].execution_count == 1


async def test_a_link_to_a_busy_kernel_says_so_and_waits(world: World) -> None:
    kernel = await world.start()
    go = world.cwd / "go"
    run = kernel.send(
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)", cell="a"
    )
    await _until_busy(kernel)
    link = world.links().link_to(kernel.id)
    view = await until(link, lambda view: view.state == "busy")
    assert view.as_of is None
    assert view.message == "The kernel is busy. Its names will be shown when it is idle."
    go.touch()
    await kernel.end_of(run)
    view = await until(link, is_attached)
    assert set(view.namespace.names) == {"os", "time"}


async def test_a_link_to_a_busy_kernel_with_a_probe_knows_the_names(world: World) -> None:
    kernel = await world.start()
    first = world.links()
    await until(first.link_to(kernel.id), is_attached)
    await kernel.run("x = 1", cell="a")
    go = world.cwd / "go"
    run = kernel.send(
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)", cell="b"
    )
    await until(first.link_to(kernel.id), lambda view: "time" in view.namespace.names)
    await first.close()
    link = world.links().link_to(kernel.id)
    view = await until(link, lambda view: view.as_of is not None)
    assert view.state == "busy"
    assert {"x", "time"} <= set(view.namespace.names)
    go.touch()
    await kernel.end_of(run)
    view = await until(link, is_attached)
    assert view.namespace.names["time"].bound_by is view.namespace.runs["b"]


async def test_a_cell_that_fails_does_not_keep_the_link_out(world: World) -> None:
    kernel = await world.start()
    go = world.cwd / "go"
    kernel.send(f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n1 / 0")
    await _until_busy(kernel)
    link = world.links().link_to(kernel.id)
    await until(link, lambda view: view.state == "busy")
    go.touch()
    await until(link, is_attached)


async def _until_busy(kernel) -> None:
    while True:
        message = await kernel.client.get_iopub_msg(timeout=PATIENCE)
        if message["header"]["msg_type"] == "execute_input":
            return


# --- modules


async def test_modules_are_found_without_an_import_and_seen_when_imported(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await link.find_modules(["json", "wave", "nowhere_to_be_found"])
    modules = link.view.namespace.modules
    assert (modules["json"].found, modules["json"].loaded_as) == (True, "json")
    assert (modules["wave"].found, modules["wave"].loaded_as) == (True, None)
    assert not modules["nowhere_to_be_found"].found
    await kernel.run("import wave", cell="a")
    await until(link, lambda view: view.namespace.modules["wave"].loaded_as == "wave")
    (world.cwd / "nowhere_to_be_found.py").write_text("", encoding="utf-8")
    await kernel.run("'as if installed'", cell="b")
    await until(link, lambda view: view.namespace.modules["nowhere_to_be_found"].found)


async def test_modules_are_asked_for_again_in_the_next_generation(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await link.find_modules(["wave"])  # before there is anybody to ask
    await until(link, lambda view: "wave" in view.namespace.modules)
    await kernel.run("import wave", cell="a")
    await until(link, lambda view: view.namespace.modules["wave"].loaded_as == "wave")
    await kernel.kernels.restart_kernel(kernel.id)
    view = await until(link, lambda view: "wave" in view.namespace.modules and is_attached(view))
    assert view.namespace.generation == 2
    assert view.namespace.modules["wave"].loaded_as is None


async def test_star_names_are_told_when_the_module_is_loaded(world: World) -> None:
    (world.cwd / "starry.py").write_text("a = 1\nb = 2\n", encoding="utf-8")
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await link.find_modules([], ["starry", "%run nobody.py"])
    assert link.view.namespace.star_names == {}
    assert link.view.namespace.folder == str(world.cwd.resolve())
    assert link.view.namespace.folder in link.view.namespace.paths
    await kernel.run("from starry import *", cell="a")
    view = await until(link, lambda view: "starry" in view.namespace.star_names)
    assert view.namespace.star_names == {"starry": {"a", "b"}}
    await kernel.kernels.restart_kernel(kernel.id)
    view = await until(link, lambda view: is_attached(view) and view.namespace.generation == 2)
    assert view.namespace.star_names == {}
    assert str(world.cwd.resolve()) in view.namespace.paths
    assert view.namespace.folder == str(world.cwd.resolve())


async def test_modules_are_found_while_a_cell_runs(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    go = world.cwd / "go"
    run = kernel.send(f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)")
    await until(link, lambda view: view.state == "busy")
    await link.find_modules(["wave"])
    assert link.view.state == "busy"
    assert link.view.namespace.modules["wave"].found
    go.touch()
    await kernel.end_of(run)


# --- lives


async def test_a_restart_is_seen_before_it_is_over(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("x = 1\ny = 2", cell="a")
    await kernel.run("del y", cell="b")
    await until(link, lambda view: "b" in view.namespace.runs)
    restart = asyncio.ensure_future(kernel.kernels.restart_kernel(kernel.id))
    view = await until(link, lambda view: view.namespace.generation == 2)
    assert not restart.done()
    assert (view.state, view.as_of) == ("starting", None)
    assert not view.namespace.names
    assert not view.namespace.runs
    assert not view.namespace.deleted_by
    assert view.namespace.beginning == "restarted"
    assert view.namespace.lost == {"x"}
    await restart
    view = await until(link, is_attached)
    assert not view.namespace.names
    assert view.namespace.generation == 2
    await kernel.connect()
    await kernel.run("z = 3", cell="a")
    view = await until(link, lambda view: "z" in view.namespace.names)
    assert view.namespace.runs["a"].serial == 1
    assert view.namespace.lost == {"x"}


async def test_a_process_that_starts_slowly_is_not_busy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment, "LONG_WAIT", 0.0)
    kernels = world.manager()
    kernel_id = await kernels.start_kernel()
    link = world.links().link_to(kernel_id)
    states = {link.view.state}

    def is_attached_now(view: KernelView) -> bool:
        states.add(view.state)
        return is_attached(view)

    await until(link, is_attached_now)
    assert "busy" not in states


async def test_a_restart_at_once_is_a_restart(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.kernels.restart_kernel(kernel.id, now=True)
    view = await until(link, lambda view: view.namespace.generation == 2 and is_attached(view))
    assert view.namespace.beginning == "restarted"


async def test_a_restart_that_comes_while_the_link_attaches(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    for _ in range(3):
        await kernel.kernels.restart_kernel(kernel.id, now=True)
    await kernel.connect()
    await kernel.run("x = 1", cell="a")
    view = await until(link, lambda view: "x" in view.namespace.names and is_attached(view))
    assert view.state == "idle"


async def test_a_process_that_was_heard_is_asked_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    waits: list[bool] = []
    attach = Attachment.attach

    async def recorded(self: Attachment, timeout: float, after_first_message: bool) -> Pong:
        waits.append(after_first_message)
        return await attach(self, timeout, after_first_message)

    monkeypatch.setattr(Attachment, "attach", recorded)
    # It has said that it starts. Then the server says so too, and nothing more may come.
    link.life = replace(link.life, is_starting=True)
    link.note_restarted()
    assert link.view.state == "starting"
    await until(link, is_attached)
    assert waits == [False]


async def test_a_process_whose_first_message_was_missed_is_asked_on_the_shell(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment, "START_PATIENCE", 3600.0)
    kernel = await world.start()
    await kernel.connect()  # it has answered, so that it will say nothing by itself
    kernel.manager.execution_state = "starting"  # the server's manager has missed that, too
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)


@pytest.mark.parametrize("restarts_itself", [True, False])
async def test_a_kernel_that_ends_itself(world: World, restarts_itself: bool) -> None:
    kernel = await world.start()
    kernel.manager.autorestart = restarts_itself
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "x" in view.namespace.names)
    kernel.send("import os; os._exit(1)", cell="b")
    view = await until(link, lambda view: view.namespace.generation == 2)
    assert not view.namespace.names
    assert view.namespace.beginning == "died"
    assert view.namespace.lost == {"x"}
    assert view.message is not None
    assert view.state == ("starting" if restarts_itself else "dead")
    if not restarts_itself:
        await kernel.kernels.restart_kernel(kernel.id, now=True)
    view = await until(link, is_attached)
    assert view.namespace.beginning == "died"
    assert view.namespace.generation == 2
    assert view.message is None


async def test_a_kernel_that_is_killed(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    os.kill(kernel.pid, signal.SIGKILL)
    view = await until(link, lambda view: view.namespace.generation == 2)
    assert (view.state, view.namespace.beginning) == ("starting", "died")
    await until(link, is_attached)
    await kernel.connect()
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "x" in view.namespace.names)


async def test_a_kill_is_noticed_though_no_restarter_looks(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    kernel.manager.stop_restarter()
    os.kill(kernel.pid, signal.SIGKILL)
    view = await until(link, lambda view: view.namespace.generation == 2)
    assert (view.state, view.namespace.beginning) == ("starting", "died")


async def test_names_come_though_no_question_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unanswered(*_: object) -> None:
        await asyncio.Event().wait()

    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    monkeypatch.setattr(ZmqChannels, "request", unanswered)
    await kernel.run("x = 1\ny = 2", cell="a")
    await until(link, lambda view: {"x", "y"} == view.namespace.names.keys())
    await kernel.run("del y", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    assert view.namespace.names.keys() == {"x"}


@pytest.mark.parametrize("now", [False, True])
async def test_a_shutdown(world: World, now: bool) -> None:
    kernel = await world.start()
    links = world.links()
    link = links.link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "x" in view.namespace.names)
    shutdown = asyncio.ensure_future(kernel.kernels.shutdown_kernel(kernel.id, now=now))
    view = await until(link, lambda view: view.state == "dead")
    assert not view.namespace.names
    assert view.message == "The kernel was shut down."
    await shutdown


async def test_a_kernel_that_says_that_it_ends_is_asked_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ipykernel 7 would tell the user below a cell that the question was destroyed."""
    asked_while: list[str] = []
    send = ZmqChannels.send

    def noting(channels: ZmqChannels, channel: Channel, message_type: str, content: Message) -> str:
        asked_while.append(link.view.state)
        return send(channels, channel, message_type, content)

    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    monkeypatch.setattr(ZmqChannels, "send", noting)
    await until(link, is_attached)
    await kernel.kernels.shutdown_kernel(kernel.id)
    await until(link, lambda view: view.state == "dead")
    assert asked_while
    assert "dead" not in asked_while


@contextmanager
def stopped(kernel: RunningKernel) -> Iterator[None]:
    """The kernel's process hangs."""
    os.kill(kernel.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(kernel.pid, signal.SIGCONT)


async def test_a_silent_kernel_is_asked_on(world: World) -> None:
    kernel = await world.start()
    with stopped(kernel):
        link = world.links(silence=0.5).link_to(kernel.id)
        view = await until(link, lambda view: view.state == "silent")
        assert view.message == "The kernel is not responding. Retrying…"
    await until(link, is_attached)


async def test_a_kernel_that_falls_silent_when_asked(world: World) -> None:
    kernel = await world.start()
    link = world.links(silence=0.5).link_to(kernel.id)
    await until(link, is_attached)
    with stopped(kernel):
        await link.find_modules(["wave"])
        await until(link, lambda view: view.state == "silent")
    view = await until(link, lambda view: "wave" in view.namespace.modules and is_attached(view))
    assert view.namespace.generation == 1


async def test_a_kernel_that_falls_silent_while_nothing_is_asked(world: World) -> None:
    kernel = await world.start()
    link = world.links(silence=0.5).link_to(kernel.id)
    await until(link, is_attached)
    with stopped(kernel):
        await until(link, lambda view: view.state == "silent")
    view = await until(link, is_attached)
    assert view.namespace.generation == 1


async def test_a_kernel_that_works_hard_is_not_silent(world: World) -> None:
    kernel = await world.start()
    link = world.links(silence=0.5).link_to(kernel.id)
    await until(link, is_attached)
    seen = set()
    unwatch = link.watch(lambda: seen.add(link.view.state))
    # One operation that takes seconds, while nobody in the kernel can answer.
    await kernel.run("3 ** 3_000_000 % (2 ** 300_000 - 1) and None", cell="a")
    await until(link, lambda view: "a" in view.namespace.runs and is_attached(view))
    unwatch()
    assert "silent" not in seen


async def test_to_ask_again_finds_what_nobody_told(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    clear = "for hooks in get_ipython().events.callbacks.values(): hooks.clear()"
    await kernel.run(f"{clear}\nlate = 1", silent=True, store_history=False)
    link.ask_again()
    await until(link, lambda view: "late" in view.namespace.names)


# --- other kernels


@pytest.mark.parametrize(
    ("kernel_name", "language", "message"),
    [
        ("echo", "echo", "This kernel runs echo (echo)."),
        ("disguised-echo", "echo", "This kernel runs echo (echo)."),
    ],
)
async def test_a_kernel_for_another_language(
    world: World, kernel_name: str, language: str, message: str
) -> None:
    kernel = await world.start(kernel_name)
    link = world.links().link_to(kernel.id)
    view = await until(link, lambda view: view.state == "not_python")
    assert view.language == language
    assert view.message is not None
    assert view.message.startswith("This kernel runs echo (")
    ran = await kernel.run("still well")
    assert ran.reply["content"]["status"] == "ok"


async def test_a_kernel_whose_control_channel_cannot_be_asked(world: World) -> None:
    kernel = await world.start("no-control")
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await link.find_modules(["wave"])
    assert link.view.namespace.modules["wave"].found
    await kernel.run("x = 1", cell="a")
    await until(link, lambda view: "x" in view.namespace.names)


async def test_a_kernel_is_asked_nothing_before_it_is_ready(world: World) -> None:
    # ipykernel 7.3 logs a traceback then, and the question is lost.
    kernel_id = await world.manager().start_kernel(kernel_name="slow-start", cwd=str(world.cwd))
    link = world.links().link_to(kernel_id)
    assert (link.view.state, link.view.namespace.generation) == ("starting", 1)
    view = await until(link, is_attached)
    assert "was_not_asked" in view.namespace.names
    await world.manager().restart_kernel(kernel_id)
    view = await until(link, lambda view: view.namespace.generation == 2 and is_attached(view))
    assert "was_not_asked" in view.namespace.names


async def test_which_interpreter_the_kernel_runs_in(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    view = await until(link, is_attached)
    assert view.namespace.python is not None
    assert Path(view.namespace.python).samefile(KERNEL_PYTHON)
