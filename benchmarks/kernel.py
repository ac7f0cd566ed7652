"""What does the probe cost the kernel, compared with its peers?

Measures in real kernels of this environment, each figure in all kernels in turn, so that all have
the same conditions:

- the additional cost of a cell that binds three names, at several sizes of the namespace: with the
  probe; with variableInspector's script, which its panel runs after each cell; with `%whos` after
  each cell; in ipyflow's kernel;
- how long the probe's hooks alone take, including the sending of the delta, and its size;
- how much longer the user's own code takes: a loop, calls, pandas, tiny cells.

It measures the processor time of the kernel's process, of all its threads, so that other processes
do not count; Linux provides it (the clock of another process). The peers are in the extra `bench`;
those that are not installed are left out.

    python benchmarks/kernel.py --names 100 1000 10000 100000
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import logging
import os
import re
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

# Replaces our hooks by timed ones; `took` has the seconds of all hooks of a cell, by the clock and
# in processor time (another process may have run in between), and `sent` the bytes. Each question
# to the probe, such as a ping, would register our hooks again, so `listen` does nothing.
TIME_THE_HOOKS = f"""
import json, time
class Timing:
    took, sent, clock, processor = [], [], 0.0, 0.0
    def __init__(self, event, hook): self.event, self.hook = event, hook
    def __call__(self, *args):
        clock, processor = time.perf_counter(), time.thread_time()
        self.hook(*args)
        Timing.clock += time.perf_counter() - clock
        Timing.processor += time.thread_time() - processor
        if self.event == "post_run_cell":
            Timing.took.append((Timing.clock, Timing.processor))
            Timing.clock = Timing.processor = 0.0
probe = get_ipython().kernel.comm_manager.targets[{COMM_TARGET!r}].__self__
for event, hook in probe.hooks:
    get_ipython().events.unregister(event, hook)
    get_ipython().events.register(event, Timing(event, hook))
probe.listen = lambda: None
"""
WEIGH_WHAT_IS_SENT = """
def send(message, send=probe.send):
    Timing.sent.append(len(json.dumps(message)))
    send(message)
probe.send = send
"""

THREE_NAMES = "a = [{0}]\nb = {0}.5\nc = a, b"
HELD_NAMES = "globals().update((f'held_{{i}}', [i, 'text', i / 3][i % 3]) for i in range({0}))"

USERS_CODE = {
    "a loop": ("", "total = 0\nfor number in range(6_000_000): total += number"),
    "calls": ("def f(x): return x + 1", "for number in range(4_000_000): f(number)"),
    "pandas": (
        "import pandas as pd\n"
        "frame = pd.DataFrame({'key': [i % 100 for i in range(100_000)], 'value': 1.5})",
        "for _ in range(100):\n"
        "    means = frame.groupby('key').value.mean()\n"
        "    top = frame[frame.value > means.min() - 1].head()",
    ),
}
TINY_CELLS = 30

BUDGET = 20.0
"""Seconds for the cells of one kernel at one size; the first three run in any case."""


class Kernel:
    """A kernel, and the code that runs in it after each cell."""

    def __init__(self, manager: AsyncKernelManager, after_each: str | None = None) -> None:
        self.client: AsyncKernelClient = manager.client()
        self.after_each = after_each
        self.link: KernelLink | None = None
        # The processor-time clock of the process: see clock_getcpuclockid(3).
        self._processor = (~manager.provisioner.pid << 3) | 2

    async def connect(self) -> None:
        """Opens the channels to the kernel."""
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready()

    async def run(self, code: str, **options: Any) -> str:
        """Runs a cell; returns what it printed."""
        printed: list[str] = []

        def note(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        reply = await self.client.execute_interactive(code, output_hook=note, **options)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(printed)

    async def seconds_of(self, code: str) -> float:
        """The kernel's processor time for a cell, and for the code that runs after it."""
        began = time.clock_gettime(self._processor)
        await self.run(code)
        if self.after_each is not None:
            await self.run(self.after_each, store_history=False)
        return time.clock_gettime(self._processor) - began

    async def hold(self, names: int) -> None:
        """Binds so many names, and waits until the probe, if there is one, has reported them."""
        await self.run(HELD_NAMES.format(names))
        if self.link is None:
            return
        has_changed = asyncio.Event()
        unwatch = self.link.watch(has_changed.set)
        while self.link.view.as_of is None or len(self.link.view.namespace.names) < names:
            has_changed.clear()
            await has_changed.wait()
        unwatch()

    async def hooks(self) -> tuple[list[tuple[float, float]], list[int]]:
        """The figures of the timed hooks since the last call."""
        printed = await self.run("print(json.dumps([Timing.took[1:], Timing.sent]))")
        await self.run("Timing.took.clear(); Timing.sent.clear()")
        took, sent = json.loads(printed)
        return took, sent


def inspector_script() -> str | None:
    """The script that variableInspector's panel runs in the kernel, read from its JavaScript."""
    try:
        found = files("lckr_jupyterlab_variableinspector") or []
    except PackageNotFoundError:
        return None
    for file in found:
        if file.suffix == ".js":
            text = file.read_text(encoding="utf-8")
            literal = re.search(r"\.py_script=('(?:[^'\\]|\\.)*')", text, re.DOTALL)
            if literal is not None:
                return str(ast.literal_eval(literal[1]))
    return None


class Kernels:
    """Starts kernels of every kind, and ends them."""

    def __init__(self, folder: str) -> None:
        self._kernels = AsyncMappingKernelManager(connection_dir=folder)
        log = logging.getLogger("benchmark")
        self._links = LinkRegistry(self._kernels, None, log, read_cell)
        self._starts: dict[str, Callable[[], Awaitable[Kernel]]] = {
            "bare": self._bare,
            "probe": self._with_probe,
            "variableInspector": self._with_inspector,
            "%whos": self._with_whos,
            "ipyflow": self._ipyflow,
        }
        if inspector_script() is None:
            del self._starts["variableInspector"]
        if find_spec("ipyflow") is None:
            del self._starts["ipyflow"]

    async def start(self, *kinds: str) -> dict[str, Kernel]:
        """One kernel of each of these kinds, if it is available; of all kinds without arguments."""
        wanted = kinds or tuple(self._starts)
        return {kind: await self._starts[kind]() for kind in wanted if kind in self._starts}

    async def close(self) -> None:
        """Ends all kernels; new ones can be started."""
        await self._links.close()
        await self._kernels.shutdown_all(now=True)

    async def _bare(self, after_each: str | None = None, name: str = "python3") -> Kernel:
        kernel_id = await self._kernels.start_kernel(kernel_name=name)
        kernel = Kernel(self._kernels.get_kernel(kernel_id), after_each)
        await kernel.connect()
        return kernel

    async def _with_probe(self) -> Kernel:
        kernel = await self._bare()
        kernel.link = self._links.link_to(self._kernels.list_kernel_ids()[-1])
        await kernel.hold(0)
        return kernel

    async def _with_whos(self) -> Kernel:
        return await self._bare("%whos")

    async def _with_inspector(self) -> Kernel:
        kernel = await self._bare("_jupyterlab_variableinspector_dict_list()")
        await kernel.run(inspector_script() or "", silent=True)
        return kernel

    async def _ipyflow(self) -> Kernel:
        return await self._bare(name="ipyflow")


async def measure_cells(kernels: Kernels, names: list[int], cells: int) -> None:
    """What a cell costs at each size of the namespace."""
    rows: list[tuple[int, dict[str, float], list[tuple[float, float]], list[int]]] = []
    for count in names:
        started = await kernels.start()
        for kernel in started.values():
            await kernel.hold(count)
        await started["probe"].run(TIME_THE_HOOKS)
        await started["probe"].hooks()
        seconds: dict[str, list[float]] = {kind: [] for kind in started}
        for number in range(cells):
            for kind, taken in seconds.items():
                if number < 3 or sum(taken) < BUDGET:
                    taken.append(await started[kind].seconds_of(THREE_NAMES.format(number)))
        hooks, _ = await started["probe"].hooks()
        await started["probe"].run(WEIGH_WHAT_IS_SENT)
        await started["probe"].hooks()
        for changed in (3, 30, 300):
            await started["probe"].run(
                f"globals().update((f'new_{{i}}', [{changed}, i]) for i in range({changed}))"
            )
        _, sent = await started["probe"].hooks()
        medians = {kind: statistics.median(taken) for kind, taken in seconds.items()}
        rows.append((count, medians, hooks, sent[-3:]))
        await kernels.close()

    peers = [kind for kind in rows[0][1] if kind != "bare"]
    print("ms that a cell which binds 3 names costs the kernel more than without (median)")
    print(
        f"{'names':>8} " + " ".join(f"{kind:>17}" for kind in peers) + f" {'(the bare cell)':>17}"
    )
    for count, medians, *_ in rows:
        more = (f"{(medians[kind] - medians['bare']) * 1e3:>17.2f}" for kind in peers)
        print(f"{count:>8} {' '.join(more)} {medians['bare'] * 1e3:>17.2f}")
    print("\nms that the probe's hooks take for it, sending included; bytes sent when 3, 30, 300")
    print("names are bound")
    head = ("names", "median", "p95", "on the processor", "3", "30", "300")
    print("{:>8} {:>8} {:>8} {:>17} {:>8} {:>8} {:>8}".format(*head))
    for count, _, hooks, sent in rows:
        clock, processor = ([it[which] * 1e3 for it in hooks] for which in (0, 1))
        high = statistics.quantiles(clock, n=20)[-1]
        middle, used = statistics.median(clock), statistics.median(processor)
        print(
            f"{count:>8} {middle:>8.3f} {high:>8.3f} {used:>17.3f} "
            + " ".join(f"{it:>8}" for it in sent)
        )


async def measure_users_code(kernels: Kernels, rounds: int) -> None:
    """How much longer the user's own code takes."""
    started = await kernels.start("bare", "probe", "ipyflow")
    for kernel in started.values():
        await kernel.hold(1_000)
    kinds = [kind for kind in started if kind != "bare"]
    print(
        "\nuser's code takes so many times as long as without, 1,000 names held (median, quartiles)"
    )
    print(f"{'':10} " + " ".join(f"{kind:>24}" for kind in kinds) + f" {'(bare, ms)':>12}")
    for what in (*USERS_CODE, "tiny cells"):
        setup, code = USERS_CODE.get(what, ("", ""))
        if "pandas" in setup and find_spec("pandas") is None:
            continue
        taken: dict[str, list[float]] = {kind: [] for kind in started}
        for kernel in started.values():
            await kernel.run(setup)
        for _ in range(rounds):
            for kind, kernel in started.items():
                if code:
                    taken[kind].append(await kernel.seconds_of(code))
                else:
                    tiny = [await kernel.seconds_of("x = 1") for _ in range(TINY_CELLS)]
                    taken[kind].append(statistics.median(tiny))
        columns = []
        for kind in kinds:
            ratios = [it / bare for it, bare in zip(taken[kind], taken["bare"], strict=True)]
            low, middle, high = statistics.quantiles(ratios, n=4)
            columns.append(f"{middle:>10.2f} ({low:.2f} - {high:.2f})")
        bare = statistics.median(taken["bare"]) * 1e3
        print(f"{what:10} " + " ".join(f"{it:>24}" for it in columns) + f" {bare:>12.1f}")


async def measure(names: list[int], cells: int, rounds: int, folder: str) -> None:
    """Measures and prints all tables; the files of the kernels are in the folder."""
    kernels = Kernels(folder)
    try:
        await measure_cells(kernels, names, cells)
        await measure_users_code(kernels, rounds)
    finally:
        await kernels.close()


def main() -> None:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--cells", type=int, default=100, help="cells measured for each size")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of the user's code")
    arguments = parser.parse_args()
    print(f"Python {sys.version.split()[0]}")
    with TemporaryDirectory() as folder:
        os.environ["IPYTHONDIR"] = (
            folder  # no startup files of the user, and no files left in their folders
        )
        asyncio.run(measure(arguments.names, arguments.cells, arguments.rounds, folder))


if __name__ == "__main__":
    main()
