"""Does a kernel with the probe look to its clients like one without?

Each test does the same in two kernels, one of which is watched and asked all the time.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from jupyter_namespace_viz.kernel.transports.base import Message
from tests.kernel.conftest import PATIENCE, RunningKernel, World, eventually, is_attached, until

# Requests that frontends and cullers do not count as activity.
UNTRACKED = {"comm_info_request", "kernel_info_request"}


class Bystander:
    """Another client of the kernel, which notes what is published."""

    def __init__(self, kernel: RunningKernel) -> None:
        self._client = RunningKernel(kernel.kernels, kernel.id)
        self._runs: dict[str, int] = {}
        self.messages: list[Message] = []

    async def connect(self) -> None:
        await self._client.connect()

    def close(self) -> None:
        self._client.disconnect()

    async def forget(self) -> None:
        """Forgets what was published so far, such as the messages while the probe was installed."""
        assert self._client.client is not None
        run = self._client.send("", silent=True, store_history=False)
        await self.until_end_of(run)
        self._runs.clear()
        self.messages.clear()

    async def until_end_of(self, run: str) -> None:
        assert self._client.client is not None
        self._runs[run] = len(self._runs)
        while True:
            message = await self._client.client.get_iopub_msg(timeout=PATIENCE)
            self.messages.append(message)
            is_end = message["content"].get("execution_state") == "idle"
            if is_end and message["parent_header"].get("msg_id") == run:
                return

    def heard(self) -> list[tuple[Any, ...]]:
        """The messages about the user's runs: type, run and content of each.

        One write may arrive in several stream messages, so these are joined.
        """
        heard: list[tuple[Any, ...]] = []
        for kind, run, content in self._of_the_user():
            if kind == "stream" and heard and heard[-1][:2] == (kind, run):
                text = json.loads(heard[-1][2])["text"] + content["text"]
                heard[-1] = kind, run, _said({**content, "text": text})
            else:
                heard.append((kind, run, _said(content)))
        return heard

    def _of_the_user(self) -> list[tuple[str, int | None, Message]]:
        return [
            (kind, self._runs.get(parent.get("msg_id")), message["content"])
            for message in self.messages
            for kind, parent in [(message["header"]["msg_type"], message["parent_header"])]
            if parent.get("msg_type") not in UNTRACKED
            and not _is_ours(message)
            and kind != "iopub_welcome"
        ]


def _is_ours(message: Message) -> bool:
    data = message["content"].get("data")
    return message["header"]["msg_type"] == "comm_msg" and "epoch" in (data or {})


def _said(content: Message) -> str:
    varies = ("traceback", "comm_id", "transient")
    return json.dumps({key: it for key, it in content.items() if key not in varies}, sort_keys=True)


@asynccontextmanager
async def asked_all_the_time(world: World, kernel: RunningKernel) -> AsyncIterator[None]:
    """A link that watches the kernel, and asks it for everything again and again."""
    link = world.links(silence=0.5).link_to(kernel.id)
    unwatch = link.watch(lambda: None)
    await until(link, is_attached)
    modules = [["json"], ["wave", "colorsys"], ["nowhere_to_be_found"]]
    was_asked = asyncio.Semaphore(0)

    async def ask() -> None:
        for turn in itertools.count():
            link.ask_again()
            await link.find_modules(modules[turn % 3], ["json", "nobody"])
            was_asked.release()
            await asyncio.sleep(0.05)

    asking = asyncio.ensure_future(ask())
    yield
    for _ in modules:
        await asyncio.wait_for(was_asked.acquire(), PATIENCE)
    asking.cancel()
    unwatch()


@asynccontextmanager
async def twins(world: World) -> AsyncIterator[list[tuple[RunningKernel, Bystander]]]:
    """Two kernels, each with a bystander; only the second one has the probe."""
    bare, watched = await world.start(), await world.start()
    pairs = [(kernel, Bystander(kernel)) for kernel in (bare, watched)]
    for _, bystander in pairs:
        await bystander.connect()
    async with asked_all_the_time(world, watched):
        for _, bystander in pairs:
            await bystander.forget()
        yield pairs
        for _, bystander in pairs:
            bystander.close()


CELLS = [
    "x = 6",
    "x * 7",
    "_ + 1",
    "__, _i",
    "import json, sys",
    "json.dumps([x])",
    "1 / 0",
    "def f(n):\n    print(n)\n    return n",
    "f(3)",
    "%%capture captured\nprint('hidden')",
    "captured.stdout",
    "not python",
    "import threading; threading.active_count() and None",
    "%who_ls",
    "del x",
    "try:\n    x\nexcept NameError as error: print(error)",
    "await __import__('asyncio').sleep(0)",
    "%time 3",
    "!true",
    "globals()['y'] = [1, 2]",
    "y.append(_oh)",
    "%history -n",
    "Out[6]",
    "",
    "%whos",
]

STATE = """
import atexit, builtins, gc, json, linecache, logging, signal, sys, threading, warnings
shell = get_ipython()
print(json.dumps({
    "names": list(globals()), "hidden": sorted(shell.user_ns_hidden),
    "in": In, "out": [str(it) for it in Out.items()], "last": [str(_), str(__), str(___)],
    "count": shell.execution_count, "display": str(shell.display_pub._is_publishing)
        if hasattr(shell.display_pub, "_is_publishing") else "",
    "history": [list(it) for it in shell.history_manager.get_range(raw=True)],
    "dh": list(map(str, _dh)), "modules": sorted(sys.modules),
    "builtins": sorted(vars(builtins)), "path": sys.path,
    "meta_path": [str(type(it)) for it in sys.meta_path],
    "switch": sys.getswitchinterval(), "recursion": sys.getrecursionlimit(),
    "gc": [gc.get_threshold(), len(gc.callbacks)], "trace": str(sys.gettrace()),
    "hooks": [str(it).split(" at ")[0] for it in (sys.excepthook, sys.displayhook)],
    "signals": [str(signal.getsignal(it)).split(" at ")[0] for it in (2, 15)],
    "atexit": atexit._ncallbacks(), "warnings": len(warnings.filters),
    "loggers": sorted(logging.root.manager.loggerDict),
    "lines": [it for it in linecache.cache if "namespace" in it],
    "main": sorted(vars(sys.modules["__main__"])),
    "magics": sorted(shell.magics_manager.magics["line"]),
    "threads": sorted(it.name for it in threading.enumerate()),
}))
"""


async def test_fifty_cells(world: World) -> None:
    heard, states = [], []
    async with twins(world) as pairs:
        for kernel, bystander in pairs:
            for number, source in enumerate(CELLS * 2):
                run = kernel.send(source, cell=str(number))
                await kernel.end_of(run)
                await bystander.until_end_of(run)
            heard.append(bystander.heard())
            ran = await kernel.run(STATE)
            states.append(json.loads(ran.text))
            await kernel.until_known_to_be("idle")
    (without, with_it), threads = states, [set(state.pop("threads")) for state in states]
    for key, value in without.items():
        assert with_it[key] == value, key
    # The one trace that there is: a thread that looks while a cell runs.
    assert threads[1] - threads[0] <= {"jupyter_namespace_viz"}
    for one, other in zip(*heard, strict=True):
        assert _without_time(one) == _without_time(other)


def _without_time(heard: tuple[Any, ...]) -> tuple[Any, ...]:
    is_timed = re.search(r"Wall time|CPU times|0x[0-9a-f]{6}", heard[2])
    return (*heard[:2], None if is_timed else heard[2])


FIGURES = [
    "%matplotlib inline\nimport matplotlib.pyplot as plt, time",
    "plt.plot([1, 2])",
    "figure, axes = plt.subplots()\naxes.plot([3, 1])\ntime.sleep(1.2)\nprint('drawn later')",
    "%config InlineBackend.close_figures = False\nplt.plot([2, 2])",
    "plt.title('kept open')\nNone",
    "x = 1",
    "plt.close('all')",
    "figure",
    "1 / 0; plt.plot([1])",
]


async def test_inline_figures(world: World) -> None:
    heard = []
    async with twins(world) as pairs:
        for kernel, bystander in pairs:
            for number, source in enumerate(FIGURES):
                run = kernel.send(source, cell=str(number))
                await kernel.end_of(run)
                await bystander.until_end_of(run)
            heard.append(bystander.heard())
    assert [*map(_without_time, heard[0])] == [*map(_without_time, heard[1])]
    images = [run for kind, run, said in heard[0] if "image/png" in said]
    assert images == [1, 2, 3, 7]


WIDGET = """
from comm import create_comm
shell = get_ipython()
fired = []
for event in ("pre_execute", "post_execute"):
    shell.events.register(event, lambda event=event: fired.append(event))
def clicked(message):
    global clicks
    clicks = message["content"]["data"]["clicks"]
    print("clicked")
    widget.send({"seen": clicks})
widget = create_comm("jupyter.widget", data={"state": {}}, comm_id="widget")
widget.on_msg(clicked)
"""


async def test_comms_of_widgets(world: World) -> None:
    heard, fired = [], []
    async with twins(world) as pairs:
        for kernel, bystander in pairs:
            run = kernel.send(WIDGET, cell="widget")
            await kernel.end_of(run)
            await bystander.until_end_of(run)
            assert kernel.client is not None
            for clicks in range(5):
                content = {"comm_id": "widget", "data": {"clicks": clicks}}
                click = kernel.client.session.msg("comm_msg", content)
                kernel.client.shell_channel.send(click)
                await bystander.until_end_of(click["header"]["msg_id"])
            run = kernel.send("print(clicks, fired)", cell="seen")
            fired.append((await kernel.end_of(run)).text)
            await bystander.until_end_of(run)
            heard.append(bystander.heard())
    assert heard[0] == heard[1]
    assert fired[0] == fired[1]
    assert fired[0].startswith("4 ")


THREAD = """
import threading, time
def print_on():
    for number in range(60):
        print(number)
        display(number)
        time.sleep(0.02)
threading.Thread(target=print_on).start()
"""


async def test_output_of_background_threads(world: World) -> None:
    async with twins(world) as pairs:
        for kernel, bystander in pairs:
            run = kernel.send(THREAD, cell="thread")
            await kernel.end_of(run)
            assert bystander._client.client is not None
            while "59" not in _output(bystander.messages, run):
                client = bystander._client.client
                bystander.messages.append(await client.get_iopub_msg(timeout=PATIENCE))
            numbers = [str(number) for number in range(60)]
            assert _output(bystander.messages, run).split() == numbers
            shown = [
                message["content"]["data"]["text/plain"]
                for message in bystander.messages
                if message["header"]["msg_type"] == "display_data"
                and message["parent_header"].get("msg_id") == run
            ]
            assert shown == numbers[: len(shown)]
            assert len(shown) >= 59


def _output(messages: list[Message], run: str) -> str:
    return "".join(
        message["content"]["text"]
        for message in messages
        if message["header"]["msg_type"] == "stream"
        and message["parent_header"].get("msg_id") == run
    )


async def test_the_cullers_clock(world: World) -> None:
    kernel = await world.start()
    await kernel.run("x = 1")
    link = world.links(silence=0.5).link_to(kernel.id)
    unwatch = link.watch(lambda: None)
    await until(link, is_attached)
    before, first = kernel.manager.last_activity, link.view.as_of
    assert first is not None
    for _ in range(3):  # it is asked on and on meanwhile
        known = link.view.as_of
        await eventually(lambda known=known: link.view.as_of != known)
        assert kernel.manager.execution_state == "idle"
    assert kernel.manager.last_activity == before
    unwatch()
