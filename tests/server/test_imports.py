"""Is the state of each import of a notebook reported?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import API, Panel


@pytest.fixture
def folder(jp_root_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook is; its kernels leave compiled files there, as they do for most."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return jp_root_dir


def states(panel: Panel) -> dict[str, str]:
    return {row["name"]: row["state"] for row in panel.imports}


async def test_the_import_table_by_rest(
    folder: Path, start_kernel: Any, run_cell: Any, jp_fetch: Any
) -> None:
    (folder / "tabulated.py").write_text("__version__ = '1.2'\n", encoding="utf-8")
    kernel_id = await start_kernel()
    here = f"import sys; sys.path.insert(0, {str(folder)!r})"
    cells = [
        {"id": "a", "source": "import tabulated as t"},
        {"id": "b", "source": "from nowhere.at_all import x, y"},
    ]
    body = json.dumps({"kernel_id": kernel_id, "cells": cells})

    async def imports() -> list[dict[str, Any]]:
        answer = await jp_fetch(*API, "report", method="POST", body=body)
        rows: list[dict[str, Any]] = json.loads(answer.body)["imports"]
        return rows

    await run_cell(kernel_id, here)
    await run_cell(kernel_id, "import tabulated as t", "a")
    python = json.loads((await jp_fetch(*API, "report", method="POST", body=body)).body)["kernel"][
        "python"
    ]
    live = {
        "cell": "a",
        "name": "t",
        "module": "tabulated",
        "code": "import tabulated as t",
        "state": "live",
        "message": None,
        "version": "1.2",
        "file": str(folder / "tabulated.py"),
        "other_file": None,
        "changed": [],
        "reloads": False,
        "distribution": None,
        "server_has_it": False,
        "waiting": False,
    }
    absent = {
        **live,
        "cell": "b",
        "module": "nowhere.at_all",
        "state": "not_installed",
        "message": f"`nowhere` is not installed in the kernel's environment (`{python}`).",
        "version": None,
        "file": None,
    }
    assert await imports() == [
        live,
        {**absent, "name": "x", "code": "from nowhere.at_all import x"},
        {**absent, "name": "y", "code": "from nowhere.at_all import y"},
    ]
    (folder / "tabulated.py").write_text("__version__ = '1.2.1'\n", encoding="utf-8")
    [changed, *_] = await imports()
    assert changed["state"] == "changed_on_disk"


async def test_the_import_table_by_socket(
    folder: Path, start_kernel: Any, run_cell: Any, open_panel: Any, jp_fetch: Any
) -> None:
    kernel_id = await start_kernel()
    await run_cell(kernel_id, f"import sys; sys.path.insert(0, {str(folder)!r})")
    async with open_panel(kernel_id) as panel:
        await panel.show({"a": "import soon_there"})
        await panel.until(lambda panel: states(panel) == {"soon_there": "not_installed"})

        async def save(text: str) -> None:
            body = json.dumps({"type": "file", "format": "text", "content": text})
            await jp_fetch("api", "contents", "soon_there.py", method="PUT", body=body)

        # An editor in the browser saves a file: that is reported at once, though nothing runs.
        await save("x = 1")
        await panel.until(lambda panel: states(panel) == {"soon_there": "missing"})
        await run_cell(kernel_id, "import soon_there", "a")
        await panel.until(lambda panel: states(panel) == {"soon_there": "live"})
        await save("x = 12")
        await panel.until(lambda panel: states(panel) == {"soon_there": "changed_on_disk"})
        assert panel.report["cells"] == []
        reload = "import importlib; importlib.reload(soon_there)"
        await run_cell(kernel_id, reload, "b")
        await panel.until(lambda panel: states(panel) == {"soon_there": "live"})
        # What is as it was is not said again.
        await panel.show({"c": "x = 3"}, ["a", "c"])
        await panel.until_statuses(c="ready")
        assert panel.report["imports"] is None


async def test_what_functions_of_own_modules_lack(
    folder: Path, start_kernel: Any, run_cell: Any, jp_fetch: Any
) -> None:
    (folder / "outer.py").write_text("import inner\ndef go(): return inner.go()\n", "utf-8")
    (folder / "inner.py").write_text("def go(): return gone\n", "utf-8")
    kernel_id = await start_kernel()
    cells = [{"id": "a", "source": "import outer"}, {"id": "b", "source": "outer.go()"}]
    body = json.dumps({"kernel_id": kernel_id, "cells": cells})

    async def status() -> str:
        answer = await jp_fetch(*API, "report", method="POST", body=body)
        found: str = json.loads(answer.body)["cells"][1]["status"]
        return found

    await run_cell(kernel_id, f"import sys; sys.path.insert(0, {str(folder)!r})")
    assert await status() == "blocked"
    await run_cell(kernel_id, "import outer", "a")
    assert await status() == "blocked"
    await run_cell(kernel_id, "inner = __import__('inner'); inner.gone = 1")
    assert await status() == "ready"
    await run_cell(kernel_id, "outer.go()", "b")
    assert await status() == "fresh"


async def test_own_modules_that_are_edited_after_their_import(
    folder: Path, start_kernel: Any, run_cell: Any, open_panel: Any
) -> None:
    module = folder / "edited.py"
    module.write_text("def go(): return gone\n", "utf-8")
    kernel_id = await start_kernel()
    await run_cell(kernel_id, f"import sys; sys.path.insert(0, {str(folder)!r})")
    async with open_panel(kernel_id) as panel:
        await panel.show({"a": "import edited", "b": "import edited\nedited.go()"})
        await panel.until_statuses(b="blocked")
        await run_cell(kernel_id, "import edited", "a")
        await panel.until_statuses(a="fresh", b="blocked")
        module.write_text("def go(): return 1  # no longer\n", "utf-8")
        await run_cell(kernel_id, "1")
        await panel.until_statuses(b="ready")  # the kernel still has the other one


async def test_what_the_servers_environment_has_and_the_kernels_has_not(
    start_kernel: Any, run_cell: Any, jp_fetch: Any
) -> None:
    kernel_id = await start_kernel()
    # As in a kernel that runs in an environment of its own.
    lean = "import sys; sys.executable = '/lean/python'; sys.path[:] = sys.path[:1]"
    await run_cell(kernel_id, lean)
    cells = [{"id": "a", "source": "import yaml"}]
    body = json.dumps({"kernel_id": kernel_id, "cells": cells})
    await run_cell(kernel_id, "for name in [it for it in sys.modules if it.startswith('yaml')]:\n"
                   "    del sys.modules[name]")  # fmt: skip
    answer = await jp_fetch(*API, "report", method="POST", body=body)
    [row] = json.loads(answer.body)["imports"]
    assert (row["state"], row["server_has_it"], row["distribution"]) == (
        "not_installed", True, "PyYAML"
    )  # fmt: skip
    assert row["message"] == (
        "`yaml` is not installed in the kernel's environment (`/lean/python`). Jupyter's own "
        "environment has it, this kernel's does not."
    )
