"""Is it known what an import would find, without importing and without running anybody's code?"""

from __future__ import annotations

import zipfile
from pathlib import Path

from jupyter_namespace_viz.protocol.probe_messages import Found, ModuleRecord
from tests.kernel.conftest import PATIENCE, RunningKernel, Wire, World, is_attached, until


async def find(wire: Wire, *names: str) -> list[ModuleRecord]:
    """What the kernel says of these modules."""
    question = {"op": "find", "names": list(names)}
    answer = await wire.client.ask(question, Found, PATIENCE)
    return [answer.modules[name] for name in names]


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def edit(file: Path, text: str) -> None:
    """An edit that the compiled file tells of: it knows the length, and the time in seconds."""
    before = file.stat().st_size
    file.write_text(text.ljust(before + 1, "\n"), encoding="utf-8")


async def run(kernel: RunningKernel, source: str) -> str:
    ran = await kernel.run(source)
    assert ran.reply["content"]["status"] == "ok", ran.reply["content"]
    return ran.text


async def error_of(kernel: RunningKernel, source: str) -> str | None:
    """The name of the exception that the source raises."""
    name: str | None = (await kernel.run(source)).reply["content"].get("ename")
    return name


# --- is it there?

FILES = {
    "helper.py": "",
    "package/__init__.py": "",
    "package/part.py": "",
    "portions/part.py": "",
    "tricks/__init__.py": (
        "import sys, types\nsys.modules['tricks.made'] = types.ModuleType('tricks.made')"
    ),
    "talks/__init__.py": "# 'later' may come",
    "lazy/__init__.py": "def __getattr__(name): raise AttributeError(name)",
    "lazy_plain.py": "def __getattr__(name): print('asked', name); raise AttributeError(name)",
    "notes/readme.txt": "",
    "bad-name.py": "",
}
BARRED = "import sys; sys.modules[{!r}] = None"
FAILING_FINDER = """
import sys
class Finder:
    calls = []
    def find_spec(self, *a): Finder.calls.append(a); print("asked"); raise SystemExit
sys.meta_path.insert(0, Finder())
"""
EDITABLE = """
import os, sys, types
finder = types.ModuleType("__editable___thing_0_1_finder")
finder.MAPPING, finder.NAMESPACES = {"thing": os.path.abspath("package")}, {}
exec('''from importlib.util import spec_from_file_location
class _EditableFinder:
    @classmethod
    def find_spec(cls, name, *a):
        if name in MAPPING:
            return spec_from_file_location(name, MAPPING[name] + "/__init__.py")''', vars(finder))
sys.modules[finder.__name__] = finder
sys.meta_path.append(finder._EditableFinder)
"""

# What runs before; the module; whether it is found (None: cannot be told); what is not there.
WHEREABOUTS: dict[str, tuple[str, str, bool | None, str | None]] = {
    "loaded": ("", "json", True, None),
    "in a folder": ("", "helper", True, None),
    "in the standard library": ("", "wave", True, None),
    "in the program": ("", "_imp", True, None),
    "frozen": ("", "__hello__", True, None),
    "nowhere": ("", "nowhere", False, "nowhere"),
    "a folder without modules": ("", "notes", True, None),
    "not a name": ("", "", False, ""),
    "not a name at all": ("", ".", False, "."),
    "below one that is nowhere": ("", "nowhere.part.more", False, "nowhere"),
    "a part": ("", "package.part", True, None),
    "a part of portions": ("", "portions.part", True, None),
    "hardly a part of what is not loaded": ("", "package.gone", None, "package.gone"),
    "hardly below a part": ("", "package.part.gone", None, "package.part.gone"),
    "below what is hardly a part": ("", "package.gone.too", None, "package.gone"),
    "perhaps a part of what is not loaded": ("", "talks.later", None, None),
    "hardly a part of one that talks": ("", "talks.late", None, "talks.late"),
    "perhaps below one that talks": ("", "talks.later.part", None, None),
    "no part of portions": ("", "portions.gone", False, "portions.gone"),
    "a part of a loaded package": ("import package", "package.part", True, None),
    "no part of a loaded package": ("import package", "package.gone", False, "package.gone"),
    "below what is no part": ("import package", "package.gone.too", False, "package.gone"),
    "no part of loaded portions": ("import portions", "portions.gone", False, "portions.gone"),
    "below a plain module": ("import helper", "helper.gone", False, "helper.gone"),
    "below one in the program": ("import sys", "sys.gone", False, "sys.gone"),
    "a trick": ("import tricks", "tricks.made", True, None),
    "below a trick": ("import tricks", "tricks.made.gone", False, "tricks.made.gone"),
    "a trick before it is played": ("", "tricks.made", None, None),
    "os.path": ("", "os.path", True, None),
    "below os.path": ("", "os.path.gone", False, "os.path.gone"),
    "six.moves": ("import six", "six.moves.urllib", True, None),
    "below six.moves": ("import six", "six.moves.urllib.gone", None, None),
    "six.moves before six": ("", "six.moves.urllib", None, None),
    "no part of a lazy package": ("import lazy", "lazy.gone", False, "lazy.gone"),
    "below a lazy module": ("import lazy_plain", "lazy_plain.gone", None, None),
    "barred": (BARRED.format("wave"), "wave", False, "wave"),
    "below a barred one": (BARRED.format("wsgiref"), "wsgiref.util", False, "wsgiref"),
    "a barred part": (BARRED.format("package.part"), "package.part", False, "package.part"),
    "no module at all": ("import sys; sys.modules['wave'] = 3", "wave", True, None),
    "below no module at all": ("import sys; sys.modules['wave'] = 3", "wave.gone", None, None),
    "without a spec": (
        "import sys, types; sys.modules['odd'] = types.ModuleType('strange')",
        "odd",
        True,
        None,
    ),
    "behind a finder that fails": (FAILING_FINDER, "wave", True, None),
    "nowhere but in a finder": (FAILING_FINDER, "nowhere", None, None),
    "below, and in a finder": ("import package\n" + FAILING_FINDER, "package.gone", None, None),
    "nowhere but in a hook": (
        "import sys; sys.path_hooks.append(lambda path: print('asked'))", "nowhere", None, None
    ),
    "nowhere, and absl looks for reloads": (
        "import sys\nclass ReloadDetector:\n    def find_spec(self, *a): pass\n"
        "sys.meta_path.insert(0, ReloadDetector())", "nowhere", False, "nowhere"
    ),
    "installed for editing": (EDITABLE, "thing", True, None),
    "nowhere, others being edited": (EDITABLE, "nowhere", False, "nowhere"),
}  # fmt: skip

MAY_RAISE = {"behind a finder that fails", "nowhere but in a finder", "below, and in a finder"}

# A kernel starts in a second, so that one serves all rows of a table.
SAVE = """
import sys
def saved(it):
    return type(it)(it)
places = [sys.modules, sys.meta_path, sys.path_hooks, sys.path_importer_cache, sys.path]
before = [saved(it) for it in places]
"""
RESTORE = """
for it, was in zip(places, before):
    it.clear()
    (it.update if type(it) is dict else it.extend)(was)
"""


async def test_whether_an_import_would_find_it(world: World) -> None:
    write(world.cwd, FILES)
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await run(kernel, SAVE)
    answers, raised = {}, {}
    for case, (source, name, found, _) in WHEREABOUTS.items():
        await run(kernel, source)
        state = "print(sorted(sys.modules), sys.path_importer_cache)"
        before = await run(kernel, state)
        [record] = await find(wire, name)
        assert await run(kernel, state) == before, case
        answers[case] = (source, name, record.found if record.certain else None, record.absent)
        # What is certain holds; where finders are at it anything may happen.
        if name.replace(".", "").isidentifier() and found is not None and case not in MAY_RAISE:
            raised[case] = await error_of(kernel, f"import {name}")
        await run(kernel, RESTORE)
    assert answers == WHEREABOUTS
    assert raised == {
        case: None if WHEREABOUTS[case][2] else "ModuleNotFoundError" for case in raised
    }


async def test_no_finder_of_others_is_asked(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await run(kernel, FAILING_FINDER)
    for _ in range(3):
        await find(wire, "wave", "nowhere", "json.gone", "wsgiref.util")
    assert await run(kernel, "print(Finder.calls)") == "[]\n"


async def test_a_module_that_was_just_written_is_found(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    for number in range(20):  # within the moment that the clock of the disk takes
        name = f"new_{number}"
        assert not (await find(wire, name))[0].found
        (world.cwd / f"{name}.py").touch()
        assert (await find(wire, name))[0].found
        (world.cwd / f"{name}.py").unlink()
        assert not (await find(wire, name))[0].found


async def test_modules_in_an_archive(world: World) -> None:
    archive = world.cwd / "archive.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr("zipped.py", "")
        stream.writestr("inner/zipped_package/__init__.py", "")
        stream.writestr("inner/zipped_package/part.py", "")
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await run(kernel, f"import sys; sys.path += [{str(archive)!r}, {str(archive / 'inner')!r}]")
    names = ("zipped", "zipped_package", "zipped_package.part", "zipped_package.gone", "unzipped")
    records = await find(wire, *names)
    inside = str(archive)
    assert [(record.found and record.certain, record.file) for record in records] == [
        (True, f"{inside}/zipped.py"),
        (True, f"{inside}/inner/zipped_package/__init__.py"),
        (True, f"{inside}/inner/zipped_package/part.py"),
        (False, None),
        (False, None),
    ]
    # Nothing was kept that would hide what is added before the kernel's own first look.
    with zipfile.ZipFile(archive, "a") as stream:
        stream.writestr("unzipped.py", "")
    await run(kernel, "import zipped_package.part, unzipped, zipped")
    records = await find(wire, *names)
    assert [(record.found and record.certain) for record in records] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert [record.changed for record in records] == [None, None, None, [], None]
    assert records[3].absent == "zipped_package.gone"


# --- which one is it?

NAMESAKES: dict[str, tuple[str, dict[str, str], str, list[str]]] = {
    "one file": ("", {"helper.py": ""}, "helper", ["helper.py"]),
    "a package": ("", {"helper/__init__.py": ""}, "helper", ["helper/__init__.py"]),
    "beside the notebook, behind the standard library": (
        "import sys; sys.path.remove(''); sys.path.append('')",
        {"wave.py": ""},
        "wave",
        ["{lib}/wave.py", "wave.py"],
    ),
    "in front of the standard library": (
        "import sys; sys.path.insert(0, '')", {"wave.py": ""}, "wave", ["wave.py", "{lib}/wave.py"]
    ),
    "in front of an installed package": (
        "import sys; sys.path.append('env/site-packages')",
        {"thing.py": "", "env/site-packages/thing/__init__.py": ""},
        "thing",
        ["thing.py", "env/site-packages/thing/__init__.py"],
    ),
    "a project's own": (
        "import sys; sys.path.append('env/site-packages')",
        {
            "pyproject.toml": "",
            "thing/__init__.py": "",
            "env/site-packages/thing/__init__.py": "",
        },
        "thing",
        ["thing/__init__.py"],
    ),
    "loaded before a namesake came": (
        "import sys, wave; sys.path.insert(0, '')",
        {"wave.py": ""},
        "wave",
        ["wave.py", "{lib}/wave.py"],
    ),
    "a part": ("", {"package/__init__.py": "", "package/part.py": ""}, "package.part", []),
}  # fmt: skip


async def test_namesakes_along_the_search_path(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    library = (await run(kernel, "import os; print(os.path.dirname(os.__file__))")).strip()
    await run(kernel, SAVE)
    answers = {}
    for number, (case, (source, files, name, _)) in enumerate(NAMESAKES.items()):
        folder = world.cwd.resolve() / str(number)
        write(folder, files)
        await run(kernel, f"os.chdir({str(folder)!r})\n{source}")
        [record] = await find(wire, name)
        found = [it.replace(f"{library}/", "{lib}/") for it in record.files]
        answers[case] = (source, files, name, [it.replace(f"{folder}/", "") for it in found])
        await run(kernel, RESTORE)
    assert answers == NAMESAKES


NAMES: dict[str, tuple[str, str, str | None, str | None]] = {
    # source, module, the `__name__` of what an import binds, version
    "by its own name": ("import json", "json", "json", "2.0.9"),
    "by another": ("", "os.path", "posixpath", None),
    "as the package has it": (
        "import package.part, types; package.part = types.ModuleType('other')",
        "package.part",
        "other",
        None,
    ),
    "as what is no module": ("import package.part; package.part = 3", "package.part", None, None),
    "not loaded": ("", "wave", None, None),
    "no module at all": ("import sys; sys.modules['wave'] = 3", "wave", None, None),
    "without a spec": (
        "import sys, types; sys.modules['odd'] = types.ModuleType('strange')",
        "odd",
        "strange",
        None,
    ),
    "a version of no text": ("import helper; helper.__version__ = 3", "helper", "helper", None),
    "a version": ("import helper; helper.__version__ = '1.0'", "helper", "helper", "1.0"),
}  # fmt: skip


async def test_what_an_import_would_bind(world: World) -> None:
    write(world.cwd, FILES)
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await run(kernel, SAVE)
    answers = {}
    for case, (source, name, _, _) in NAMES.items():
        await run(kernel, source)
        [record] = await find(wire, name)
        answers[case] = (source, name, record.loaded_as, record.version)
        await run(kernel, RESTORE)
    assert answers == NAMES


# --- has it changed on disk?


async def attached(world: World, *files: str) -> tuple[RunningKernel, Wire]:
    write(world.cwd, dict.fromkeys(files, "value = 1\ndef function(): return 1\n"))
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    return kernel, wire


ModuleReport = tuple[list[str] | None, bool, bool]


def told(record: ModuleRecord) -> ModuleReport:
    return record.changed, record.reloads, record.gone


async def test_a_module_that_is_edited_after_it_was_imported(world: World) -> None:
    kernel, wire = await attached(world, "helper.py")
    helper = world.cwd / "helper.py"
    assert told(*await find(wire, "helper")) == ([], False, False)
    await run(kernel, "import helper")
    assert told(*await find(wire, "helper")) == ([], False, False)
    edit(helper, "value = 2\n")
    assert told(*await find(wire, "helper")) == (["helper"], False, False)
    await run(kernel, "import importlib; importlib.reload(helper)")
    assert told(*await find(wire, "helper")) == ([], False, False)
    edit(helper, "value = 3\n")
    await run(kernel, "import sys; del sys.modules['helper']; import helper")
    assert told(*await find(wire, "helper")) == ([], False, False)
    helper.unlink()
    assert told(*await find(wire, "helper")) == (["helper"], False, True)


async def test_a_part_of_a_package_that_is_edited(world: World) -> None:
    kernel, wire = await attached(world, "package/__init__.py", "package/part.py")
    await find(wire, "package")
    await run(kernel, "import package.part")
    assert [told(it) for it in await find(wire, "package", "package.part")] == [
        ([], False, False)
    ] * 2
    edit(world.cwd / "package/part.py", "value = 2\n")
    assert [told(it)[0] for it in await find(wire, "package", "package.part")] == [
        ["package.part"]
    ] * 2


async def test_what_was_imported_before_the_probe_came(world: World) -> None:
    names = ["edited", "compiled", "unread", "reloaded"]
    write(world.cwd, {f"{name}.py": "value = 1\n" for name in names})
    kernel = await world.start()
    await run(kernel, "import wave, edited, compiled, reloaded, importlib, py_compile, sys")
    await run(kernel, "sys.dont_write_bytecode = True; import unread")
    await run(kernel, "sys.dont_write_bytecode = False")
    for name in names:
        edit(world.cwd / f"{name}.py", "value = 2\n")
    await run(kernel, "py_compile.compile('compiled.py'); importlib.reload(reloaded)")
    wire = world.wire(kernel)
    await wire.attach()
    changes = [record.changed for record in await find(wire, "wave", *names)]
    # Whether this process or another compiled it, and before or after the edit, nothing tells.
    assert changes == [[], ["edited"], None, None, None]
    for name in names:
        edit(world.cwd / f"{name}.py", "value = 3\n")
    assert [record.changed for record in await find(wire, *names)] == [[name] for name in names]


async def test_autoreload_brings_in_what_changed(world: World) -> None:
    kernel, wire = await attached(world, "reloaded_2.py", "reloaded_2_.py", "reloaded_3.py")
    await run(kernel, "%load_ext autoreload")
    for mode in ("2", "2-", "3"):
        name = f"reloaded_{mode}".replace("-", "_")
        file = world.cwd / f"{name}.py"
        await run(kernel, f"%autoreload {mode}")
        await find(wire, name)
        await run(kernel, f"import {name}")
        assert told(*await find(wire, name)) == ([], False, False)
        edit(file, "value = 1\ndef function(): return 2\n")
        assert told(*await find(wire, name)) == ([name], True, False)
        assert await run(kernel, f"print({name}.function())") == "2\n"
        assert told(*await find(wire, name)) == ([], False, False)
        edit(file, "1 / 0\n")
        await kernel.run("pass")
        assert told(*await find(wire, name)) == ([name], False, False)
        edit(file, "value = 4\n")
        await run(kernel, "pass")


async def test_autoreload_that_does_not_mean_the_module(world: World) -> None:
    kernel, wire = await attached(world, "helper.py", "meant.py", "skipped.py")
    await run(kernel, "import helper, skipped\n%load_ext autoreload\n%autoreload 1\n%aimport meant")
    await find(wire, "helper", "meant", "skipped")
    for name in ("helper", "meant", "skipped"):
        edit(world.cwd / f"{name}.py", "value = 2\n")
    records = await find(wire, "helper", "meant", "skipped")
    assert [told(it)[1] for it in records] == [False, True, False]
    await run(kernel, "%autoreload 2\n%aimport -skipped")
    records = await find(wire, "helper", "meant", "skipped")
    assert [told(it) for it in records] == [
        (["helper"], True, False), ([], False, False), (["skipped"], False, False)
    ]  # fmt: skip


async def test_autoreload_that_comes_after_the_edit_leaves_the_module_as_it_was(
    world: World,
) -> None:
    kernel, wire = await attached(world, "helper.py")
    await run(kernel, "import helper")
    await find(wire, "helper")
    edit(world.cwd / "helper.py", "value = 2\n")
    await run(kernel, "%load_ext autoreload\n%autoreload 2")
    for _ in range(3):
        assert told(*await find(wire, "helper")) == (["helper"], True, False)
        assert await run(kernel, "print(helper.value)") == "1\n"


async def test_what_the_asker_knows_is_not_told_again(world: World) -> None:
    kernel, wire = await attached(world, "helper.py")
    await run(kernel, "import helper")
    names = ["helper", "json", "nowhere"]
    marks = {name: it.mark for name, it in zip(names, await find(wire, *names), strict=True)}
    question = {"op": "find", "names": names, "known": marks}
    assert (await wire.client.ask(question, Found, PATIENCE)).modules == {}
    edit(world.cwd / "helper.py", "value = 2\n")
    assert set((await wire.client.ask(question, Found, PATIENCE)).modules) == {"helper"}


# --- and nobody's code runs

HOSTILE = """
import sys, types
CALLS = []
class Text(str):
    def __eq__(self, other): CALLS.append("Text.__eq__"); return str.__eq__(self, other)
    def __hash__(self): return str.__hash__(self)
    def __str__(self): CALLS.append("Text.__str__"); return "x"
    def __getitem__(self, key): CALLS.append("Text.__getitem__"); return "x"
def calling(name):
    def call(*args): CALLS.append(name); raise RuntimeError(name)
    return call
class Module(types.ModuleType):
    for name in "__getattr__ __dir__ __repr__ __eq__ __hash__ __bool__".split():
        locals()[name] = calling("Module." + name)
    def __getattribute__(self, name): CALLS.append("Module.__getattribute__ " + name)
    __file__ = __version__ = __path__ = __spec__ = property(calling("Module property"))
class Path(list):
    for name in "__iter__ __len__ __getitem__ __contains__".split():
        locals()[name] = calling("Path." + name)
class Finder:
    for name in "find_spec __getattr__ __eq__ __repr__ __hash__".split():
        locals()[name] = calling("Finder." + name)
class Object:
    for name in "__getattr__ __eq__ __bool__ __len__ __fspath__ __str__".split():
        locals()[name] = calling("Object." + name)
    __hash__ = object.__hash__
for name, attributes in {
    "properties": {},
    "odd_texts": {"__file__": Text("x.py"), "__version__": Text("1"), "__name__": Text("x")},
    "odd_objects": {"__file__": Object(), "__version__": Object(), "__path__": Path(["."]),
                    "__spec__": Object(), "__cached__": Object(), "__name__": Object()},
}.items():
    sys.modules[name] = Module(name)
    types.ModuleType.__dict__["__dict__"].__get__(sys.modules[name]).update(attributes)
sys.modules["plain"] = types.ModuleType("plain")
sys.modules["plain"].__dict__.update(
    __getattr__=calling("plain.__getattr__"), __path__=[Text("."), Object()], __file__="nowhere.py"
)
sys.modules["listed"] = types.ModuleType("listed")
sys.modules["listed"].__path__ = Path(["."])
sys.modules["object"] = Object()
sys.modules[Text("text.key")] = Object()
sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, calling("hook"))
sys.path_importer_cache[""] = Finder()
sys.path.insert(0, Text("/tmp"))
sys.path.insert(0, Object())
CALLS.clear()
"""


async def test_hostile_modules_and_finders_are_never_run(world: World) -> None:
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    await run(kernel, HOSTILE)
    tops = [
        "properties",
        "odd_texts",
        "odd_objects",
        "plain",
        "listed",
        "object",
        "nowhere",
        "text",
    ]
    for _ in range(3):
        records = await find(wire, *tops, *(f"{name}.part" for name in tops))
    assert [record.certain for record in records] == [True] * 6 + [False] * 10
    assert {record.version for record in records} == {None}
    calls = await run(kernel, "print(CALLS)")
    # The dictionary of modules compares a key that is its own.
    assert [it for it in eval(calls) if it != "Text.__eq__"] == []


async def test_asking_leaves_the_kernels_own_caches_alone(world: World) -> None:
    """A folder that we listed may get a module in the same moment, which the kernel must find."""
    kernel = await world.start()
    wire = world.wire(kernel)
    await wire.attach()
    (world.cwd / "never_listed").mkdir()
    await run(kernel, "import sys; sys.path.append('never_listed')")
    await find(wire, "nowhere")
    told = await run(
        kernel, "print(any('never_listed' in path for path in sys.path_importer_cache))"
    )
    assert told == "False\n"


# --- through a link


async def test_a_link_tells_of_edits_after_the_next_run_and_to_those_who_ask(world: World) -> None:
    write(world.cwd, {"helper.py": "value = 1\n"})
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await link.find_modules(["helper"])
    await kernel.run("import helper", cell="a")
    await until(link, lambda view: view.namespace.modules["helper"].loaded_as == "helper")
    edit(world.cwd / "helper.py", "value = 2\n")
    await kernel.run("pass", cell="b")
    await until(link, lambda view: view.namespace.modules["helper"].changed == ("helper",))
    edit(world.cwd / "helper.py", "value = 3\n")
    await kernel.run("import importlib; importlib.reload(helper)", cell="c")
    await until(link, lambda view: view.namespace.modules["helper"].changed == ())
    (world.cwd / "helper.py").unlink()
    await link.find_modules(["helper"])
    assert link.view.namespace.modules["helper"].gone


async def test_a_package_comes_and_goes(world: World) -> None:
    kernel = await world.start()
    link = world.links().link_to(kernel.id)
    await until(link, is_attached)
    await link.find_modules(["thing", "thing.part"])
    known = link.view.namespace.modules
    assert not known["thing"].found
    assert known["thing.part"].absent == "thing"
    install = "import os; os.mkdir('thing'); open('thing/__init__.py', 'w').close()"
    await kernel.run(install, cell="a")
    view = await until(link, lambda view: view.namespace.modules["thing"].found)
    assert not view.namespace.modules["thing.part"].certain
    await kernel.run("import thing", cell="b")
    await until(link, lambda view: view.namespace.modules["thing.part"].absent == "thing.part")
    await kernel.run("import shutil; shutil.rmtree('thing')", cell="c")
    await until(link, lambda view: view.namespace.modules["thing"].gone)
    await world.manager().restart_kernel(kernel.id)
    await until(link, lambda view: not view.namespace.modules["thing"].found)
