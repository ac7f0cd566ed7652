"""Does one address, in package.json, make all links of the project?"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.project import ROOT

ADDRESS = "https://example.org/us/viz"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), str(ROOT), *sys.path])


@pytest.fixture
def project(tmp_path: Path, scripts: None) -> Path:
    """The files that the address is in, with an address."""
    for name in ("package.json", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    import set_repository

    set_repository.main(f"{ADDRESS}.git", tmp_path)
    return tmp_path


def test_package_json(project: Path) -> None:
    package = json.loads((project / "package.json").read_text(encoding="utf-8"))
    assert package["homepage"] == ADDRESS
    assert package["bugs"] == {"url": f"{ADDRESS}/issues"}
    assert package["repository"] == {"type": "git", "url": f"{ADDRESS}.git"}
    without = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for known in ("homepage", "bugs", "repository"):
        package.pop(known)
        without.pop(known, None)
    assert package == without


def test_links_of_the_project(project: Path) -> None:
    hatch_build = pytest.importorskip("hatch_build", reason="hatchling is not installed")
    metadata: dict[str, object] = {}
    hatch_build.ProjectMetadata(str(project), {}).update(metadata)
    version = "v" + json.loads((project / "package.json").read_text())["version"]
    assert metadata["urls"] == {
        "Homepage": ADDRESS,
        "Source": ADDRESS,
        "Issues": f"{ADDRESS}/issues",
        "Changelog": f"{ADDRESS}/blob/{version}/CHANGELOG.md",
    }
    text = metadata["readme"]["text"]  # type: ignore[index]
    assert f"]({ADDRESS}/raw/{version}/docs/images/restart.webp)" in text
    assert f"]({ADDRESS}/blob/{version}/docs/guide/README.md)" in text
    assert "](docs/" not in text
    assert f"- repo: {ADDRESS}\n" in text


def test_without_an_address_nothing_is_invented(tmp_path: Path, scripts: None) -> None:
    hatch_build = pytest.importorskip("hatch_build", reason="hatchling is not installed")
    (tmp_path / "package.json").write_text('{"version": "1"}')
    (tmp_path / "README.md").write_text("[a](docs/a.md)")
    metadata: dict[str, object] = {}
    hatch_build.ProjectMetadata(str(tmp_path), {}).update(metadata)
    assert metadata == {"readme": {"content-type": "text/markdown", "text": "[a](docs/a.md)"}}
