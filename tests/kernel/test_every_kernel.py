"""Does the probe work in each supported kernel, and is no code sent to any other?

`make test-kernels` makes the environments with the interpreters that it finds. They have a kernel,
and not our package.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from scripts.make_kernels import KERNELS
from tests.kernel.conftest import (
    PATIENCE,
    RunningKernel,
    World,
    is_attached,
    until,
    write_kernel_spec,
)
from tests.kernel.test_hostile_objects import (
    HOSTILE_NAMESPACE,
    LAZY_NAMESPACE,
    bound_by,
)

pytestmark = pytest.mark.every_kernel

ENVIRONMENTS = Path(__file__).parents[2] / ".venv-kernels"
IPYKERNELS = [name for name, (_, package) in KERNELS.items() if package.startswith("ipykernel")]


def python_of(name: str) -> Path:
    """The interpreter of an environment; skips the test where there is none."""
    home = ENVIRONMENTS / name
    if not (home / ".made").exists():
        pytest.skip(f"there is no environment {home}: `make test-kernels` found no interpreter")
    return home / "bin" / "python"


def files_of(name: str) -> set[str]:
    """What is installed there."""
    found = (ENVIRONMENTS / name).rglob("*")
    return {str(it) for it in found if it.suffix != ".pyc" and it.name != "__pycache__"}


@pytest.mark.parametrize("name", IPYKERNELS)
async def test_a_story_in_each_environment(world: World, name: str) -> None:
    python = python_of(name)
    installed = files_of(name)
    argv = [str(python), "-m", "ipykernel_launcher"]
    write_kernel_spec(world.kernel_spec_dir / "here", argv, "python")
    kernel = await world.start("here")
    link = world.links().link_to(kernel.id)
    unwatch = link.watch(lambda: None)
    view = await until(link, is_attached)
    assert view.namespace.python is not None
    assert Path(view.namespace.python).absolute() == python.absolute()

    await kernel.run("import json, colorsys as cs\nx = [1, 2]\ngone = 1", cell="a")
    await kernel.run("del gone\n1 / 0", cell="b")
    view = await until(link, lambda view: "b" in view.namespace.runs and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    held = {it: (names[it].kind, names[it].module, names[it].summary) for it in names}
    assert held == {
        "json": ("module", "json", None),
        "cs": ("module", "colorsys", None),
        "x": ("instance", "builtins", "2 items"),
    }
    assert names["x"].bound_by is runs["a"]
    ran = await kernel.run("import sys; print(sys.version_info[:2])")
    assert f"{view.namespace.version}\n" == ran.text
    assert view.namespace.builtins is not None
    ran = await kernel.run("import builtins; print(hasattr(builtins, 'ExceptionGroup'))")
    assert ("ExceptionGroup" in view.namespace.builtins) == (ran.text == "True\n")
    assert view.namespace.deleted_by["gone"] is runs["b"]
    assert (runs["a"].succeeded, runs["b"].succeeded) == (True, False)
    await link.find_modules(["json", "wave", "nowhere_to_be_found"])
    found = {it: answer.found for it, answer in link.view.namespace.modules.items()}
    assert found == {"json": True, "wave": True, "nowhere_to_be_found": False}

    long = "early = 1\nimport time\nwhile True: time.sleep(0.01)"
    run = kernel.send(long, cell="long")
    view = await until(link, lambda view: "early" in view.namespace.names)
    assert view.state == "busy"
    assert kernel.manager.execution_state == "busy"
    os.kill(kernel.pid, signal.SIGINT)
    await kernel.end_of(run)
    await until(link, is_attached)

    for source, file in (("evil; Meta; lazy_module", HOSTILE_NAMESPACE), ("", LAZY_NAMESPACE)):
        ran = await kernel.run(file, cell="objects")
        assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
        mentioned = source or "; ".join(sorted(bound_by(file)))
        ran = await kernel.run(f"after = 1\nif 0: {mentioned}", cell="after")
        assert ran.text == ""
        ran = await kernel.run("print([c for c in map(str, CALLS) if c != 'StrKey.__eq__'])")
        assert ran.text == "[]\n"
    await until(link, lambda view: "ten_gb" in view.namespace.names and is_attached(view))

    await kernel.run("import sys; print('jupyter_namespace_viz' in sys.modules)", cell="a")
    await kernel.kernels.restart_kernel(kernel.id, now=True)
    view = await until(link, lambda view: view.namespace.generation == 2 and is_attached(view))
    assert not view.namespace.names
    await kernel.connect()
    await kernel.run("again = 1", cell="a")
    await until(link, lambda view: "again" in view.namespace.names)
    unwatch()
    assert files_of(name) == installed


def spec_of(name: str, kernel: str) -> Path:
    """The kernel's own description in that environment."""
    python = python_of(name)
    spec = ENVIRONMENTS / name / "share" / "jupyter" / "kernels" / kernel / "kernel.json"
    if not spec.exists():
        subprocess.run([python, "-m", f"{kernel}_kernel.install", "--sys-prefix"], check=True)
    return spec


async def other_kernel(world: World, name: str, spec_name: str) -> RunningKernel:
    """A kernel of another make, started as its own description says."""
    spec = json.loads(spec_of(name, spec_name).read_text(encoding="utf-8"))
    arguments = [it for it in spec["argv"][1:] if it not in ("-f", "{connection_file}")]
    argv = [str(python_of(name)), *arguments]
    write_kernel_spec(world.kernel_spec_dir / "other", argv, spec["language"])
    return await world.start("other")


OTHERS = {
    "bash": ("bash", "bash", "echo $((6 * 7))", "history; set", "This kernel runs bash ("),
    "xeus-python": (
        "xeus-python",
        "xpython",
        "print(6 * 7)",
        "print(In, list(globals()), get_ipython().execution_count)",
        "This kernel runs python (xeus-python).",
    ),
}


@pytest.mark.parametrize("case", OTHERS)
async def test_a_kernel_that_cannot_be_asked_is_sent_nothing_to_run(
    world: World, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    environment, spec, question, state, message = OTHERS[case]
    kernel = await other_kernel(world, environment, spec)
    link = world.links().link_to(kernel.id)
    view = await until(link, lambda view: view.state == "not_python")
    assert view.message is not None
    assert view.message.startswith(message)
    await link.find_modules(["wave"], ["json"])
    link.ask_again()
    ran = await kernel.run(question)
    assert ran.text == "42\n"
    assert ran.reply["content"]["execution_count"] == 1
    ran = await kernel.run(state)
    assert "namespace_viz" not in ran.text
    # All that the kernel was asked for by others than this client, it has published.
    assert kernel.client is not None
    asked = set()
    while await kernel.client.iopub_channel.msg_ready():
        published = await kernel.client.get_iopub_msg(timeout=PATIENCE)
        asked.add((published["parent_header"] or {}).get("msg_type"))
    assert asked <= {"kernel_info_request", "comm_info_request", None}
    await kernel.kernels.restart_kernel(kernel.id)
    await until(link, lambda view: view.state == "not_python" and view.namespace.generation == 2)
    assert not [it for it in caplog.records if it.levelname in ("WARNING", "ERROR", "CRITICAL")]
