"""Which notebooks, files, kernel messages and requests could delay the server's event loop?"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from benchmarks.hostility.attack import API, Attacker
from jupyter_namespace_viz.core.analysis.reader import MAX_SOURCE_CHARS
from jupyter_namespace_viz.notebook.reading.long_texts import LONG
from jupyter_namespace_viz.protocol.probe_messages import PROBE_PROTOCOL_VERSION
from tests.core.tools.hostile_texts import HOSTILE

Attack = Callable[[Attacker], Awaitable[None]]

MOST_CELLS = 10_000
MOST_BYTES = 7_900_000


def repeated(source: str, count: int = MOST_CELLS) -> dict[str, str]:
    """A notebook of so many such cells; N is the number of each, M that of the one above."""
    return {
        f"{number:08}-a-long-id-as-jupyterlab-has-it": source.replace("N", str(number)).replace(
            "M", str(number - 1)
        )
        for number in range(count)
    }


NOTEBOOKS: dict[str, Mapping[str, str]] = {
    "cells that may bind one name": repeated("if a1:\n x = 1\nx"),
    "cells that bind a name each": repeated("xN = 1\nprint(xM)"),
    "cells that call": repeated("import math\ndef fN(): return fM(), math.pi\nyN = len([fN])"),
    "cells that raise": repeated("import missing_N\nmissing_N.x"),
    "cells that change an object": {"first": "x = []", **repeated("x.append(N)", 9_000)},
    "cells that import stars": repeated("from star_N import *\nxN", 2_000),
    "functions that call each other": {
        **repeated("def fN(): return x, fM()", 100),
        **{f"call {number}": f"x = {number}\nf99()" for number in range(100)},
    },
    "cells of other languages": repeated("%%bash\necho {xN}"),
    "a broken notebook": repeated("x = = N\nprint(x"),
}


async def nothing(attacker: Attacker) -> None:
    """A small notebook is edited, as long as others take: what other programs delay shows."""
    panel = await attacker.panel()
    for number in range(100):
        await panel.show({"a": f"x = {number}", "b": "print(x)"})
        await asyncio.sleep(0.1)


async def text(kind: str, length: int, attacker: Attacker) -> None:
    """A notebook with a hostile text."""
    panel = await attacker.panel()
    await panel.show({"a": HOSTILE[kind](length), "b": "print(x)"})


async def notebook(cells: Mapping[str, str], attacker: Attacker) -> None:
    """The notebook is opened and edited."""
    panel = await attacker.panel()
    await panel.show(cells)
    edited = list(cells)[len(cells) // 2]
    for number in range(3):
        changed = {edited: f"x = new_{number} = 1"}
        await panel.show({**cells, **changed}, changed)
    await panel.send(
        json.dumps({"kind": "plan", "request_id": "r", "targets": None, "mode": "cells"})
    )
    await panel.until("planned")


async def posted(path: str, cells: Mapping[str, str], attacker: Attacker) -> None:
    """The notebook is posted to the REST API."""
    others = {"plan": {"target": None, "mode": "cells"}, "graph": {"format": "dot"}}
    await attacker.post(path, cells, **others.get(path, {}))


async def message(body: str, attacker: Attacker) -> None:
    """A message that is refused, over the socket and as a request."""
    panel = await attacker.panel()
    await panel.show({"a": "x = 1"})
    await panel.send(body)
    await panel.answered()
    for path in ("report", "plan", "graph", "tools/namespace_notebook_state"):
        await attacker.ask(API + path, body)


def update(**fields: object) -> str:
    """An update with these fields, which `POST report` understands, too."""
    cells = fields.get("changed", [])
    whole = {"kind": "update", "revision": 1, "kernel_id": None, "order": [], "changed": []}
    return json.dumps({**whole, "cells": cells, "in_full": False, **fields})


IDS = [{"id": str(number), "source": ""} for number in range(MOST_CELLS - 1)]
LONG_ID = "i" * (MOST_BYTES // 2 - 1_000)
MESSAGES = {
    "deep JSON": '{"kind":"update","unknown":' + "[" * 3_000_000 + "]" * 3_000_000 + "}",
    "deep JSON 1,000": update()[:-1] + ', "unknown":' + "[" * 1_000 + "]" * 1_000 + "}",
    "many small objects": update(unknown=[{}] * (MOST_BYTES // 5)),
    "one id twice": update(order=[*map(str, range(9_999)), "1"], changed=[*IDS, IDS[-1]]),
    "too many ids": update(order=["a"] * (MOST_BYTES // 8), changed=[]),
    "a long id": update(order=[LONG_ID, LONG_ID], changed=[]),
    "a long id of a cell": update(order=["a"], changed=[{"id": 2 * LONG_ID, "source": ""}]),
    "a long text": update(order=["a"], changed=[{"id": "a", "source": "x" * MOST_BYTES}]),
    "a long path": update(path="p" * MOST_BYTES),
    "many in flight": update(in_flight=["a"] * (MOST_BYTES // 6)),
    "many counts": update(counts={str(number): number for number in range(400_000)}),
    "no JSON": "{" * MOST_BYTES,
    "many escapes": json.dumps({"kind": "\0" * (MOST_BYTES // 7)}),
}


def make_files(folder: Path) -> None:
    """Files that take long to read."""
    folder.mkdir()
    names = "".join(f"a_name_{number} = 1\n" for number in range(90_000))
    (folder / "large.py").write_text(names[:1_700_000])
    (folder / "dense.py").write_text("a," * 850_000)
    (folder / "deep.py").write_text("(" * 500_000 + ")" * 500_000)
    (folder / "magics.ipy").write_text("!a\n" * 300_000)
    cells = [{"cell_type": "code", "source": "x = 1", "metadata": {}}] * 20_000
    (folder / "large.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}))
    (folder / "deep.ipynb").write_text('{"cells":' + "[" * 400_000 + "]" * 400_000 + "}")
    (folder / "zeros.py").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.py")
    (folder / "many").mkdir()
    for number in range(5_000):
        (folder / "many" / f"module_{number}.py").write_text("x = 1")
    (folder / "many" / "__init__.py").write_text("from .module_1 import *\n" * 1_000)


FILES = {
    "a star of a large module": "from large import *\na_name_7",
    "a star of a dense module": "from dense import *\nx",
    "a star of a deep module": "from deep import *\nx",
    "a star of many modules": "from many import *\nx",
    "a star of a pipe": "from pipe import *\nfrom zeros import *\nx",
    "a large file that runs": "%run large.py\na_name_7",
    "magics that run": "%run magics.ipy\nx",
    "a notebook that runs": "%run large.ipynb\nx",
    "a deep notebook that runs": "%run deep.ipynb\nx",
    "a pipe that runs": "%run pipe.py\n%run zeros.py\nx",
    "import a.a.a": "import a" + ".a" * 9_000,
    "from a.a.a": "from a" + ".a" * 9_000 + " import a",
    "many imports": "\n".join(f"import module_{number}.x" for number in range(500)),
}


async def file(source: str, attacker: Attacker) -> None:
    """A cell reads a file, beside a kernel in its folder."""
    kernel = await attacker.kernel()
    await attacker.run(f"import os; os.chdir({str(attacker.root / 'files')!r})")
    panel = await attacker.panel(kernel)
    await panel.show({"a": source, "b": "print(x)"})
    await panel.show({"a": source, "b": "print(y)"}, {"b": "print(y)"})
    await attacker.post("report", {"a": source}, kernel_id=kernel)


FORGE = """
kernel = get_ipython().kernel
target = kernel.comm_manager.targets.get("jupyter_namespace_viz")
v = VERSION
epoch = "none" if target is None else target.__self__.epoch
comms = [it for it, comm in kernel.comm_manager.comms.items()
         if comm.target_name == "jupyter_namespace_viz"] or ["none"]
def forge(**data):
    for comm in comms:
        kernel.session.send(kernel.iopub_socket, "comm_msg", {"comm_id": comm, "data": data},
                            ident=b"comm-" + comm.encode())
def delta(base, rev, names=(), run=None, **more):
    record = dict(kind="instance", type="int", module=None, version=None, summary="1",
                  bound_by=None, initial=False)
    forge(**{**dict(op="delta", v=v, epoch=epoch, base=base, rev=rev, why="cell", run=run,
          names={it: record for it in names}, removed="", undescribed="", builtins=None), **more})
def status(state, session):
    header = dict(kernel.session.msg_header("status"), session=session)
    kernel.session.send(kernel.iopub_socket, kernel.session.msg(
        "status", {"execution_state": state}, header=header, parent=kernel.get_parent()))
R = 10**6
""".replace("VERSION", str(PROBE_PROTOCOL_VERSION))

KERNELS = {
    "a million names": "globals().update((f'a_name_{n}', n) for n in range(10**6))",
    "large values": "x = 'a' * 10**8; y = list(range(10**6)); z = {n: n for n in range(10**6)}",
    "names that come and go": "globals().update((f'a_name_{n}', n) for n in range(200_000))\n"
    "get_ipython().run_cell('for n in range(200_000): del globals()[f\"a_name_{n}\"]')",
    "a forged revision": FORGE + "for n in range(300): delta(R + n, R + n + 1)",
    "a delta of many names": FORGE + "delta(R, R + 1, map(str, range(200_000)))",
    "a delta without descriptions": FORGE
    + "delta(R, R + 1, undescribed=' '.join(map(str, range(300_000))))",
    "a delta with a long name": FORGE + "delta(R, R + 1, ['a' * 20_000_000])",
    "a delta of deep JSON": FORGE
    + "delta(R, R + 1, run=[])\nforge(op='delta', deep=eval('['*90 + ']'*90))",
    "a delta of many lists": FORGE + "delta(R, R + 1, run=[[]] * 2_000_000)",
    "a delta of removed names": FORGE
    + "delta(R, R + 1, removed=' '.join(map(str, range(500_000))))",
    "lost again and again": FORGE
    + "for n in range(1_000): forge(op='lost', v=v, epoch=epoch, why='x')",
    "sessions without end": FORGE + "for n in range(3_000): status('idle', str(n))",
    "a flood of output": "for n in range(20_000): print(n, flush=True)",
    "much output": "print('a' * 20_000_000)",
    "a long run": "x = 1\n" * 150_000,
    "many runs": "for n in range(300): get_ipython().run_cell(f'x{n} = 1', store_history=True)",
    "a hostile run": "def f():\n" + " global x\n" * 20_000,
}


async def kernel(source: str, attacker: Attacker) -> None:
    """A kernel runs this beside a panel that watches it; then it is asked for its names."""
    kernel_id = await attacker.kernel()
    panel = await attacker.panel(kernel_id)
    cells = {"a": "x = 1", "b": "print(x)"}
    await panel.show(cells)
    await attacker.run(source)
    await panel.show(cells | {"a": "x = 2"})
    await attacker.ask(f"{API}kernels/{kernel_id}/namespace")
    await attacker.ask(f"api/kernels/{kernel_id}/restart", "{}")
    await panel.show(cells)


ATTACKS: dict[str, Attack] = {
    "nothing hostile": nothing,
    **{f"notebook: {name}": partial(notebook, cells) for name, cells in NOTEBOOKS.items()},
    **{
        f"POST {path}: {name}": partial(posted, path, cells)
        for path in ("report", "plan", "graph")
        for name, cells in NOTEBOOKS.items()
    },
    **{f"message: {name}": partial(message, body) for name, body in MESSAGES.items()},
    **{f"file: {name}": partial(file, source) for name, source in FILES.items()},
    **{f"kernel: {name}": partial(kernel, source) for name, source in KERNELS.items()},
    **{
        f"cell: {kind}, {length:,} characters": partial(text, kind, length)
        for kind in HOSTILE
        for length in (LONG, MAX_SOURCE_CHARS)
    },
}
