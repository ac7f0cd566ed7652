"""Does the probe run nothing of the user's, and stay right, when Python itself is replaced?"""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_namespace_viz.protocol.probe_messages import Found, Lost, PollAnswer, Snapshot, Starred
from tests.kernel.conftest import PATIENCE, RunningKernel, Wire, World, is_attached, until

HOSTILE_PYTHON = (Path(__file__).parent / "hostile_python.py").read_text(encoding="utf-8")

REPLACED = {
    "functions": """
import contextvars, functools, genericpath, importlib.util, io, json, operator, os, posixpath, re
import stat, struct, threading, time, types, weakref, zipimport
from importlib import machinery
replaced(os, *"access fspath getcwd getpid listdir lstat scandir stat urandom".split())
replaced(os.path, *"abspath dirname exists isdir isfile join splitext".split())
replaced(time, *"monotonic perf_counter sleep time time_ns".split())
replaced(threading.Thread, "__init__", "run", "start")
replaced(threading.Event, "wait", "is_set", "set", "clear")
replaced(threading, "Event", "Lock", "RLock", "Thread", "active_count", "get_ident")
replaced(machinery.FileFinder, "find_spec", "path_hook", "_fill_cache")
replaced(machinery.FrozenImporter, "find_spec")
replaced(zipimport.zipimporter, "get_filename", "is_package", "__init__")
replaced(machinery, "FileFinder", "ModuleSpec")
replaced(operator, "eq", "is_", "itemgetter", "ne")
replaced(re, "compile", "escape", "search")
replaced(stat, "S_ISDIR", "S_ISREG")
replaced(contextvars, "copy_context")
replaced(functools, "partial")
replaced(io, "FileIO", "open")
replaced(struct, "unpack")
replaced(weakref, "ref")
replaced(sys, "getprofile", "gettrace", "setprofile", "settrace")
""",
    "builtins": """
import builtins
kept = "__build_class__ __import__ compile eval exec globals isinstance super type".split()
for name, function in list(vars(builtins).items()):
    if type(function) is type(len) and name not in kept:
        replaced(builtins, name)
""",
    "the interpreter's own tables": """
sys.modules = NotingDict(sys.modules)
sys.path_importer_cache = NotingDict(sys.path_importer_cache)
sys.path, sys.meta_path = NotingList(sys.path), NotingList(sys.meta_path)
sys.path_hooks = NotingList(sys.path_hooks)
""",
    "the interpreter's tables, gone": """
del sys.executable, sys.prefix, sys.path_importer_cache, sys.path_hooks
sys.meta_path = ()
""",
    "the namespace": """
get_ipython().user_ns = NotingDict(get_ipython().user_ns)
get_ipython().user_ns_hidden = NotingDict(get_ipython().user_ns_hidden)
""",
    "modules that pose as libraries": """
import types
class Posing:
    __getattr__ = noting("Posing.__getattr__", lambda self, name: self)
    __len__ = noting("Posing.__len__", lambda self: 1)
    __str__ = __repr__ = noting("Posing.__str__", lambda self: "")
    __iter__ = noting("Posing.__iter__", lambda self: iter([self, self]))
    shape = dtype = index = columns = _mgr = axes = _data = __dict__ = property(
        noting("Posing.property", lambda self: self)
    )
    def create_time(self):
        note("Posing.create_time")
for module, *names in (
    ("numpy", "ndarray"),
    ("pandas", "DataFrame", "Series", "Index", "RangeIndex", "MultiIndex"),
    ("psutil", "Process"),
):
    sys.modules[module] = types.ModuleType(module)
    for name in names:
        globals()[name] = type(name, (Posing,), {"__module__": module, "__dict__": Posing.shape})
        setattr(sys.modules[module], name, globals()[name])
        globals()["a_" + name] = globals()[name]()
stored = DataFrame.__new__(type("DataFrame", (), {"__module__": "pandas"}))
sys.modules["pandas"].DataFrame = type(stored)
stored._mgr = types.SimpleNamespace(axes=[a_Index, types.SimpleNamespace(_data=a_ndarray)])
""",
    "methods of callable objects": """
import types
method = types.MethodType(Callable(), 1)
of_method = types.MethodType(method, 1)
for event in ("pre_run_cell", "post_run_cell", "post_execute"):
    get_ipython().events.callbacks[event].insert(0, method)
get_ipython().events.callbacks["post_execute"].insert(0, Callable())
""",
    "classes with names of their own making": """
import types
class Text(str):
    __eq__ = noting("Text.__eq__", str.__eq__)
    __hash__ = str.__hash__
for name in ("ndarray", "DataFrame", "_EditableFinder", "_SixMetaPathImporter", "_NamespacePath"):
    code = property(noting("property", lambda self: None))
    members = {"__module__": Text("numpy"), "__qualname__": Text(name), "__dict__": code}
    kind = type(name, (), dict(members, _path=code, known_modules=code, MAPPING=code))
    globals()["a_" + name] = kind()
    kind.find_spec = lambda *args: None
    if name[0] == "_":
        sys.meta_path.append(globals()["a_" + name])
sys.modules["of_odd_folders"] = types.ModuleType("of_odd_folders")
sys.modules["of_odd_folders"].__path__ = a__NamespacePath
""",
}


async def ask_all(wire: Wire) -> None:
    """Asks each question that a server asks."""
    await wire.client.ask({"op": "look"}, PollAnswer, PATIENCE)
    modules = ["json", "colorsys", "nowhere", "numpy", "pandas.core", "here", "of_odd_folders.part"]
    await wire.client.ask({"op": "find", "names": modules}, Found, PATIENCE)
    await wire.client.ask({"op": "stars", "names": modules}, Starred, PATIENCE)


async def calls_in(kernel: RunningKernel) -> list[str]:
    """The calls that the cells of the kernel have noted."""
    ran = await kernel.run("print(sorted(set(CALLS)))", cell="calls")
    found: list[str] = eval(ran.text)
    return found


@pytest.mark.parametrize("case", REPLACED)
async def test_what_the_user_has_replaced_is_never_run(world: World, case: str) -> None:
    (world.cwd / "here.py").touch()
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await kernel.run(HOSTILE_PYTHON, cell="python")
    ran = await kernel.run(REPLACED[case], cell="replaced")
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    await ask_all(wire)
    go = world.cwd / "go"
    mentioned = "method; of_method; stored; a_ndarray; a_DataFrame; a_Series; a_Process"
    long = f"x = 1\nif 0: {mentioned}\nimport os\nwhile not os.path.exists({str(go)!r}): pass"
    run = kernel.send(long, cell="long")
    await wire.next_push(lambda push: "x" in getattr(push, "names", ()))  # of a tick
    await ask_all(wire)
    go.touch()
    await kernel.end_of(run)
    await kernel.run("y = 2\ndel x", cell="after")
    snapshot = await wire.client.ask({"op": "snapshot"}, Snapshot, PATIENCE)
    assert "y" in snapshot.names
    assert "x" not in snapshot.names
    assert {"replaced", "long", "after"} <= {run.cell_id for run in snapshot.runs}
    assert not [push for push in wire.pushes if isinstance(push, Lost)]
    assert await calls_in(kernel) == []


KEYS = """
import enum
class Plain(str): pass
class Own(str):
    __eq__ = noting("Own.__eq__", str.__eq__)
    __hash__ = noting("Own.__hash__", str.__hash__)
class Name(str, enum.Enum):
    enumerated = "alpha"
"""


async def test_names_whose_keys_are_of_a_subclass_of_str(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await kernel.run(HOSTILE_PYTHON + KEYS, cell="classes")
    await kernel.run(
        "globals()[Name.enumerated] = 1\nglobals()[Plain('beta')] = [1]\n"
        "globals()[Own('own')] = 2.5\n"
        "globals()[Plain('no name')] = globals()[7] = 1",
        cell="keys",
    )
    view = await until(link, lambda view: "keys" in view.namespace.runs and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    held = {name: names[name].summary for name in ("alpha", "beta", "own")}
    assert held == {"alpha": "1", "beta": "1 item", "own": "2.5"}
    assert {names[name].bound_by for name in held} == {runs["keys"]}
    assert not {"no name", "enumerated", 7}.intersection(names)
    await kernel.run("alpha = 5\ndel beta", cell="bind")
    view = await until(link, lambda view: "bind" in view.namespace.runs and is_attached(view))
    names, runs = view.namespace.names, view.namespace.runs
    assert (names["alpha"].summary, names["alpha"].bound_by) == ("5", runs["bind"])
    assert "beta" not in names
    assert view.namespace.deleted_by["beta"] is runs["bind"]
    await kernel.run("if 0: alpha; own", cell="mention")
    await until(link, lambda view: "mention" in view.namespace.runs and is_attached(view))
    assert await calls_in(kernel) == []


TRACERS = {
    "an object": "tracer = Tracer()",
    "a partial function": "import functools; tracer = functools.partial(Tracer.__call__, 1)",
    "a method of an object": "import types; tracer = types.MethodType(Tracer(), 1)",
}
TRACER = """
seen = set()
class Tracer:
    def __call__(self, *arguments):
        code = arguments[-3].f_code  # before the event and its argument
        if code.co_filename == '<jupyter_namespace_viz>': seen.add(code.co_name)
        return tracer
"""


@pytest.mark.parametrize("function", ["settrace", "setprofile"])
@pytest.mark.parametrize("case", TRACERS)
async def test_an_object_that_traces_sees_no_more_than_a_function(
    world: World, case: str, function: str
) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    on = f"import sys, threading\nsys.{function}(tracer)\n"
    on += f"getattr(threading, '{function}_all_threads', print)(tracer)"
    await kernel.run(TRACER + TRACERS[case], cell="tracer")
    await kernel.run(on, cell="on")
    go = world.cwd / "go"
    run = kernel.send(f"x = 1\nimport os\nwhile not os.path.exists({str(go)!r}): pass", cell="long")
    await wire.next_push(lambda push: "x" in getattr(push, "names", ()))
    await ask_all(wire)
    go.touch()
    await kernel.end_of(run)
    ran = await kernel.run(f"print(sys.get{function[3:]}() is tracer)", cell="still")
    assert ran.text == "True\n"
    await kernel.run(f"sys.{function}(None)", cell="off")
    ran = await kernel.run("print(seen)", cell="seen")
    assert eval(ran.text) <= {
        "run", "suspend_tracing", "resume_tracing", "is_called_as_python", "in_class", "on_control"
    }  # fmt: skip


ENDS = {
    "an empty sys.modules": "import sys; sys.modules = {}",
    "a constant process id": "import os; os.getpid = lambda pid=os.getpid(): pid",
    "a clock that raises": """
import sys, time
def broken(clock=time.monotonic, frame=sys._getframe):
    if frame(1).f_code.co_filename == '<jupyter_namespace_viz>': raise ValueError
    return clock()
time.monotonic = time.perf_counter = time.time = time.time_ns = broken
""",
    "a sleep that is none": "import time; time.sleep = lambda seconds: None",
    "signals whose handler raises": """
import signal
def handle(number, frame):
    if frame.f_code.co_filename == '<jupyter_namespace_viz>': raise TimeoutError
signal.signal(signal.SIGALRM, handle)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
""",
    "a name for a builtin": "dict = list = len = type = str = getattr = 3",
}


SIGNALS = "signals whose handler raises"
"""They may raise wherever the probe is: what it was about to do for that run is lost, and no more.
A handler that raises at each line does not let the probe be loaded."""

WHEN = ["before the probe comes", "after it came"]


@pytest.mark.parametrize(
    ("case", "when"),
    [(case, when) for case in ENDS for when in (WHEN if case != SIGNALS else WHEN[1:])],
)
async def test_nothing_ends_the_link(world: World, case: str, when: str) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    if when == "after it came":
        await until(link, is_attached)
    await kernel.run(ENDS[case])
    link.watch(lambda: None)
    await until(link, is_attached)
    for number in range(20):
        await kernel.run(f"x_{number} = 1", cell=f"c{number}")
    view = await until(link, lambda view: "c19" in view.namespace.runs and is_attached(view))
    view = await until(link, lambda view: "x_19" in view.namespace.names)
    names, runs = view.namespace.names, view.namespace.runs
    assert {f"x_{number}" for number in range(20)} <= set(names)
    for number in range(20):
        bound_by = names[f"x_{number}"].bound_by
        assert bound_by is runs.get(f"c{number}") is not None or case == SIGNALS
