"""Which folders and files does a search for notebooks leave out?"""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_namespace_viz.cli.notebooks.paths import notebook_files


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [it.as_posix() for it in notebook_files(map(Path, paths), exclude)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touch(here: Path, *names: str) -> None:
    for name in names:
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).touch()


def test_environments_and_what_tools_make(here: Path) -> None:
    touch(
        here, "a.ipynb", "b/a.ipynb", ".venv/a.ipynb", "b/node_modules/c/a.ipynb", "build/a.ipynb"
    )
    touch(here, "mine/pyvenv.cfg", "mine/lib/a.ipynb", ".ipynb_checkpoints/a.ipynb")
    assert found(".") == ["a.ipynb", "b/a.ipynb"]
    assert found("**/*.ipynb") == ["a.ipynb", "b/a.ipynb"]
    assert found("*") == ["a.ipynb", "b/a.ipynb"]
    assert found("b") == ["b/a.ipynb"]


def test_what_is_named_is_searched(here: Path) -> None:
    touch(here, "node_modules/a.ipynb", ".venv/share/a.ipynb")
    assert found("node_modules") == ["node_modules/a.ipynb"]
    assert found(".venv/share/a.ipynb") == [".venv/share/a.ipynb"]
    assert found(".venv/share/*.ipynb") == [".venv/share/a.ipynb"]


def test_what_git_ignores(here: Path) -> None:
    touch(
        here, ".git/HEAD", "a.ipynb", "out/a.ipynb", "b/out.ipynb", "b/keep/out.ipynb", "b/x.ipynb"
    )
    (here / ".gitignore").write_text("out/\nout.ipynb\n/x.ipynb\n")
    (here / "b" / "keep" / ".gitignore").write_text("!out.ipynb\n")
    assert found(".") == ["a.ipynb", "b/keep/out.ipynb", "b/x.ipynb"]
    assert found("b") == ["b/keep/out.ipynb", "b/x.ipynb"]
    assert found("out", "b/out.ipynb") == ["out/a.ipynb", "b/out.ipynb"]


def test_a_gitignore_file_above_counts_only_in_a_repository(here: Path) -> None:
    touch(here, "b/a.ipynb", "b/c/a.ipynb")
    (here / ".gitignore").write_text("*.ipynb\n")
    (here / "b" / "c" / ".gitignore").write_text("*.ipynb\n")
    assert found("b") == ["b/a.ipynb"]


def test_what_the_user_excludes(here: Path) -> None:
    touch(here, "a.ipynb", "drafts/a.ipynb", "b/drafts/a.ipynb", "b/draft-1.ipynb")
    assert found(".", exclude=("drafts/",)) == ["a.ipynb", "b/draft-1.ipynb"]
    assert found(".", exclude=("/drafts", "draft-*")) == ["a.ipynb", "b/drafts/a.ipynb"]
    assert found("b", exclude=("b/drafts",)) == ["b/draft-1.ipynb"]
    assert found("a.ipynb", exclude=("*.ipynb",)) == ["a.ipynb"]


def test_a_folder_that_is_named_like_a_notebook(here: Path) -> None:
    touch(here, "odd.ipynb/a.ipynb")
    assert found(".") == ["odd.ipynb/a.ipynb"]
