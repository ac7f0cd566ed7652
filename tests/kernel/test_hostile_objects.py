"""Is no code of the user's objects run, and nothing loaded, however hostile or lazy they are?"""

from __future__ import annotations

import ast
import json
from pathlib import Path

from jupyter_namespace_viz.protocol.probe_messages import Found, Lost, Snapshot, Starred
from tests.kernel.conftest import PATIENCE, World

HERE = Path(__file__).parent
HOSTILE_NAMESPACE = (HERE / "hostile_namespace.py").read_text(encoding="utf-8")
LAZY_NAMESPACE = (HERE / "lazy_namespace.py").read_text(encoding="utf-8")


async def test_a_hostile_namespace_is_never_run(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    ran = await kernel.run(HOSTILE_NAMESPACE, cell="hostile")
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    for number in range(20):
        # Every name is mentioned, so every object is described again.
        ran = await kernel.run(f"counter = {number}\nif 0: {HOSTILE_NAMES}", cell="next")
        assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    snapshot = await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    await wire.client.ask({"op": "find", "names": ["evil_module"]}, Found, PATIENCE)
    await wire.client.ask({"op": "stars", "names": ["evil_module"]}, Starred, PATIENCE)
    assert set(HOSTILE_NAMES.split("; ")) <= set(snapshot.names)
    assert snapshot.names["surrogate_text"].summary == "1 character"
    assert not [push for push in wire.pushes if isinstance(push, Lost)]
    ran = await kernel.run("print(list(map(str, CALLS)))")
    # A `str` subclass as a key may be compared by the dictionary itself.
    calls = [call for call in eval(ran.text) if call != "StrKey.__eq__"]
    assert calls == []


HOSTILE_NAMES = "; ".join(
    "Meta Evil evil evillist evildict evilstr evilint evilfloat eviltuple evilbytes evilmodule "
    "lazy_loader lazy_module module_without_dict function OddClass odd surrogate_text huge "
    "selfref".split()
)


def bound_by(source: str) -> set[str]:
    """The names that the file assigns, defines or imports at its top level."""
    tree = ast.parse(source)
    bound = {
        name.id
        for it in tree.body
        if isinstance(it, ast.Assign)
        for name in ast.walk(it)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }
    return bound | {it.name for it in tree.body if isinstance(it, ast.ClassDef | ast.FunctionDef)}


STATE = """
import json, resource
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([list(map(str, CALLS)), sorted(sys.modules), memory]))
"""


async def test_nothing_is_loaded_and_nobody_is_woken(world: World) -> None:
    heavy = world.cwd / "heavy"
    heavy.mkdir()
    for file in ("__init__.py", "part.py"):
        (heavy / file).write_text("CALLS_OF_HEAVY.append(__name__)\nModel = Tokenizer = 1\n")
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    ran = await kernel.run(LAZY_NAMESPACE, cell="lazy")
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    before = json.loads((await kernel.run(STATE, cell="state")).text)
    names = bound_by(LAZY_NAMESPACE)
    assert len(names) > 50
    for number in range(10):
        ran = await kernel.run(f"counter = {number}\nif 0: {'; '.join(names)}", cell="next")
        assert (ran.text, ran.reply["content"]["status"]) == ("", "ok")
    snapshot = await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    modules = ["heavy", "heavy.part", "hf", "hf.part", "pep_562", "pep_562.part"]
    found = await wire.client.ask({"op": "find", "names": modules}, Found, PATIENCE)
    starred = await wire.client.ask({"op": "stars", "names": modules}, Starred, PATIENCE)
    after = json.loads((await kernel.run(STATE, cell="state")).text)
    assert names <= set(snapshot.names)
    assert "left_behind" not in snapshot.names
    assert found.modules["hf"].loaded_as == "hf"
    assert not found.modules["heavy"].loaded_as
    assert found.modules["heavy"].found
    assert starred.modules["hf"] == ["Model", "Tokenizer"]
    assert not [push for push in wire.pushes if isinstance(push, Lost)]
    calls, loaded, memory = after
    assert (calls, loaded) == ([], before[1])
    assert memory - before[2] < 50  # MB, of the 10 GB
