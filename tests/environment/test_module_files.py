"""Is a module found where an import finds it, and is what cannot be read not there?"""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from jupyter_namespace_viz.environment.module_files import ModuleFinder

FILES = (
    "plain.py", "package/__init__.py", "package/inner.py", "package/portion/deep.py",
    "src/utils/helpers.py", "src/data.txt", "empty/notes.txt",
    "fast.cpython-39-x86_64-linux-gnu.so", "fast.py", "later/plain.py",
    "later/src/utils/more.py", "old.pyc", "two.words.py",
)  # fmt: skip

FOUND: dict[str, str | None] = {
    # the module; its file, or the folders of a namespace package
    "plain": "plain.py",
    "package": "package/__init__.py",
    "package.inner": "package/inner.py",
    "package.portion": "package/portion/",
    "package.portion.deep": "package/portion/deep.py",
    "package.nowhere": None,
    "plain.part": None,
    "src": "src/ later/src/",
    "src.utils": "src/utils/ later/src/utils/",
    "src.utils.helpers": "src/utils/helpers.py",
    "src.utils.more": "later/src/utils/more.py",
    "src.utils.nowhere": None,
    "src.data": None,
    "empty": "empty/",
    "fast": "fast.py",
    "old": "old.pyc",
    "two": None,
    "nowhere": None,
    "": None,
    ".": None,
    "a" * 300: None,
    "src." + "a" * 300: None,
    "nul\0": None,
    "src.nul\0": None,
    "built": "",
    "built.part": None,
    "os.path": None,
    "package.made": "",
    "edited": "sources/edited/__init__.py",
    "edited.part": "sources/edited/part.py",
    "alone": "sources/alone.py",
    "spread": "sources/spread/",
    "spread.piece": "sources/spread/piece.py",
}


@pytest.fixture
def finder(tmp_path: Path) -> ModuleFinder:
    edited = ("edited/__init__.py", "edited/part.py", "alone.py", "spread/piece.py")
    for name in (*FILES, *(f"sources/{name}" for name in edited)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    paths = [str(tmp_path / it) for it in ("", "later", "nowhere", "plain.py", "nul\0", "a" * 300)]
    served = {name: [str(tmp_path / "sources" / name)] for name in ("edited", "alone", "spread")}
    return ModuleFinder(paths, {"built"}, {"package.made"}, served, (".abi3.so",))


@pytest.mark.parametrize("module", FOUND)
def test_where_a_module_is(tmp_path: Path, finder: ModuleFinder, module: str) -> None:
    found = finder.find(module)
    if found is None:
        described = None
    elif found.file is not None:
        described = found.file.relative_to(tmp_path).as_posix()
    else:
        folders = (Path(it).relative_to(tmp_path).as_posix() for it in found.folders or ())
        described = " ".join(f"{folder}/" for folder in folders)
    assert described == FOUND[module]


def test_a_compiled_module_comes_before_its_source(tmp_path: Path) -> None:
    for name in ("fast.py", "fast.abi3.so", "other.cpython-39-x86_64-linux-gnu.so"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = ModuleFinder([str(tmp_path)]).find("fast")
    assert found is not None
    assert found.file == tmp_path / "fast.abi3.so"
    strict = ModuleFinder([str(tmp_path)], extensions=[".abi3.so"])
    assert strict.find("other") is None
    assert ModuleFinder([str(tmp_path)]).find("other") is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="may enter every folder")
def test_a_folder_that_may_not_be_entered(tmp_path: Path) -> None:
    (tmp_path / "closed" / "inner.py").parent.mkdir()
    (tmp_path / "closed").chmod(0)
    assert ModuleFinder([str(tmp_path / "closed")]).find("inner") is None
    assert ModuleFinder([str(tmp_path)]).find("closed.inner") is None


def test_modules_in_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "bundle.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for name in ("zipped.py", "package/__init__.py", "package/deep/inner.py"):
            opened.writestr(name, "")
    (tmp_path / "broken.zip").write_text("no", encoding="utf-8")
    finder = ModuleFinder([str(tmp_path / "broken.zip"), str(archive)])
    for module in ("zipped", "package", "package.deep.inner"):
        assert finder.find(module) is not None
    for module in ("nowhere", "package.nowhere", "zipped.part"):
        assert finder.find(module) is None


def test_what_is_added_later_is_found(tmp_path: Path) -> None:
    finder = ModuleFinder([str(tmp_path)])
    for number in range(20):
        assert finder.find(f"m{number}") is None
        (tmp_path / f"m{number}.py").write_text("", encoding="utf-8")
        assert finder.find(f"m{number}") is not None


def test_nothing_is_remembered_in_this_process(finder: ModuleFinder) -> None:
    before = set(sys.path_importer_cache), set(sys.modules)
    finder.find("src.utils.helpers")
    assert (set(sys.path_importer_cache), set(sys.modules)) == before
