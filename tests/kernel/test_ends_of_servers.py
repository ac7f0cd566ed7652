"""Does a server that has not closed its links still exit, whatever it closes first?

Destroying a ZMQ context waits without a limit for every socket that was opened on it. So each case
runs in its own process, which is killed if it hangs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kernel.conftest import PATIENCE

SERVER = """
import asyncio, gc, logging, os, signal, sys
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.kernel.link_registry import LinkRegistry

async def open_link():
    kernels = AsyncMappingKernelManager(connection_dir=sys.argv[1])
    kernel_id = await kernels.start_kernel()
    links = LinkRegistry(kernels, None, logging.getLogger(), read_cell)
    link = links.link_to(kernel_id)
    idle = asyncio.Event()
    link.watch(lambda: idle.set() if link.view.state == "idle" else None)
    await idle.wait()
    os.kill(kernels.get_kernel(kernel_id).provisioner.pid, signal.SIGKILL)
    return kernels, links
"""

ENDS = {
    "the context, in the loop": """
async def main():
    kernels, links = await open_link()
    kernels.context.destroy(linger=0)
    await links.close()
asyncio.run(main())
""",
    "the context, in a callback of ours": """
async def main():
    kernels, links = await open_link()
    destroyed = asyncio.Event()
    def destroy():
        kernels.context.destroy(linger=0)
        destroyed.set()
    (link,) = links._links.values()
    link.watch(destroy)  # called when the kernel is found dead
    await destroyed.wait()
    await links.close()
asyncio.run(main())
""",
    "the loop, then the context": """
kernels, links = asyncio.run(open_link())
kernels.context.destroy(linger=0)
""",
    "the loop, then the garbage collector comes": """
asyncio.run(open_link())
gc.collect()
""",
    "the loop, then the interpreter": """
asyncio.run(open_link())
""",
    "the links, then the context": """
async def main():
    kernels, links = await open_link()
    await links.close()
    await links.close()
    kernels.context.destroy(linger=0)
asyncio.run(main())
""",
}


@pytest.mark.parametrize("case", ENDS)
def test_what_ends_first(case: str, tmp_path: Path) -> None:
    program = f"{SERVER}{ENDS[case]}print('ended')"
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "ended\n"), ended.stderr
