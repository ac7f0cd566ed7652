"""How much time does the probe cost the kernel?

Measures, in real kernels of this environment,

- the probe's hooks around a cell that binds three names, with many other names held (the median,
  taken inside the kernel, the sending of the delta included);
- a loop of tiny cells in a kernel with the probe against one without, block by block in turn, so
  that both have the same machine.

    python benchmarks/kernel_hook.py --names 100 1000 10000 --cells 200
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import statistics
import sys
import time
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from jupyter_namespace_viz.kernel.links import KernelLinks
from jupyter_namespace_viz.protocol.probe_messages import COMM_TARGET

# Our hooks are exchanged for timed ones; `took` has the seconds of one cell's hooks together.
TIME_THE_HOOKS = f"""
import time
class Timing:
    took, current = [], 0.0
    def __init__(self, hook): self.hook = hook
    def __call__(self, *args):
        began = time.perf_counter()
        self.hook(*args)
        Timing.current += time.perf_counter() - began
        if self.hook.__name__ == "after_run":
            Timing.took.append(Timing.current)
            Timing.current = 0.0
probe = get_ipython().kernel.comm_manager.targets[{COMM_TARGET!r}].__self__
for event, hook in probe.hooks():
    get_ipython().events.unregister(event, hook)
    get_ipython().events.register(event, Timing(hook))
"""

TINY_CELL = "x = 1"


class Kernel:
    """A kernel, with the probe in it or without."""

    def __init__(self, kernels: AsyncMappingKernelManager, kernel_id: str) -> None:
        self.id = kernel_id
        self.client: AsyncKernelClient = kernels.get_kernel(kernel_id).client()

    async def connect(self) -> None:
        """Opens the channels to the kernel."""
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready()

    async def run(self, code: str) -> str:
        """Runs a cell and returns what it printed."""
        printed: list[str] = []

        def note(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        await self.client.execute_interactive(code, output_hook=note)
        return "".join(printed)

    async def seconds_for(self, cells: int) -> float:
        """The time that so many tiny cells take."""
        began = time.perf_counter()
        for _ in range(cells):
            await self.run(TINY_CELL)
        return time.perf_counter() - began


async def told(links: KernelLinks, kernel: Kernel, names: int) -> None:
    """Waits until the probe is in the kernel and has told of so many names.

    What is asked of it later would bring the hooks back that we exchange.
    """
    link = links.link_to(kernel.id)
    changed = asyncio.Event()
    unwatch = link.watch(changed.set)
    while link.view.as_of is None or len(link.view.namespace.names) < names:
        changed.clear()
        await changed.wait()
    unwatch()


async def hook_seconds(links: KernelLinks, kernel: Kernel, names: int, cells: int) -> list[float]:
    """The hooks' seconds for each of so many cells that bind three names."""
    await kernel.run(f"globals().update((f'held_{{i}}', object()) for i in range({names}))")
    await told(links, kernel, names)
    await kernel.run(TIME_THE_HOOKS)
    await kernel.run("Timing.took.clear()")
    for number in range(cells):
        await kernel.run(f"a = [{number}]\nb = {number}.5\nc = a, b")
    printed = await kernel.run("import json; print(json.dumps(Timing.took[1:]))")
    seconds: list[float] = json.loads(printed)
    return seconds


async def measure(names: list[int], cells: int, blocks: int) -> None:
    """Measures and prints both tables."""
    kernels = AsyncMappingKernelManager()
    links = KernelLinks(kernels, None, logging.getLogger("benchmark"), lambda _: frozenset())

    async def started(with_probe: bool) -> Kernel:
        kernel = Kernel(kernels, await kernels.start_kernel())
        await kernel.connect()
        if with_probe:
            await told(links, kernel, 0)
        return kernel

    try:
        print(f"hooks of a cell that binds 3 names, {cells} cells (ms)")
        print(f"{'names':>8} {'median':>8} {'p95':>8} {'ratio':>6}")
        first = None
        for count in names:
            seconds = await hook_seconds(links, await started(True), count, cells)
            median = statistics.median(seconds)
            first = first or median
            high = statistics.quantiles(seconds, n=20)[-1]
            print(f"{count:>8} {median * 1e3:>8.3f} {high * 1e3:>8.3f} {median / first:>6.2f}")

        pair = [await started(with_probe) for with_probe in (False, True)]
        per_block = max(1, cells // 4)
        totals: list[list[float]] = [[], []]
        for _ in range(blocks):
            for taken, kernel in zip(totals, pair, strict=True):
                taken.append(await kernel.seconds_for(per_block) / per_block)
        without, with_it = (statistics.median(taken) for taken in totals)
        print(f"\ntiny cells, {blocks} blocks of {per_block} in turn (ms a cell, median)")
        print(f"{'without':>8} {'with':>8} {'ratio':>6}")
        print(f"{without * 1e3:>8.3f} {with_it * 1e3:>8.3f} {with_it / without:>6.2f}")
    finally:
        await links.close()
        await kernels.shutdown_all(now=True)


def main() -> None:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--cells", type=int, default=200, help="cells measured for each size")
    parser.add_argument("--blocks", type=int, default=12, help="blocks of tiny cells each way")
    arguments = parser.parse_args()
    print(f"Python {sys.version.split()[0]}")
    asyncio.run(measure(arguments.names, arguments.cells, arguments.blocks))


if __name__ == "__main__":
    main()
