"""Are notebooks in jupytext's text formats read?"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.check.test_check import check

PERCENT = """\
# ---
# jupyter:
#   kernelspec: {name: nobody, display_name: N, language: python}
# ---

# %% [markdown]
# # late

# %%
# %matplotlib inline
# !ls late

early = 1

# %%
early
late
"""
MYST = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: nobody, display_name: N, language: python}
---

# late

```{code-cell} ipython3
:tags: [late]

%matplotlib inline
early = 1
```

```{code-cell} ipython3
early
late
```
"""
MARKDOWN = "# late\n\n```python\nearly = 1\n```\n\n```python\nearly\nlate\n```\n"
SCRIPT = "early = 1\n\n\ndef f():\n    return early\n\n\nf(late)\n"


@pytest.mark.parametrize(
    ("name", "text", "cell", "line", "place"),
    [
        ("percent.py", PERCENT, 2, 2, "line=17,col=1,endColumn=4"),
        ("script.py", SCRIPT, 3, 1, "line=8,col=3,endColumn=6"),
        ("myst.md", MYST, 2, 2, "line=17,col=1,endColumn=4"),
        ("plain.md", MARKDOWN, 2, 2, "line=9,col=1,endColumn=4"),
    ],
)
def test_text(tmp_path: Path, name: str, text: str, cell: int, line: int, place: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    message = "NameError: `late` would be missing: no cell defines it. Define or import it above."
    sentence = f"cell {cell}, line {line}: {message}\n"
    result = check(path)
    assert (result.exit_code, result.stdout) == (1, f"{path}: {sentence}")
    assert check("--format", "github", path).stdout == (
        f"::error file={path},{place},title=NameError::{sentence}"
    )
    (finding,) = json.loads(check("--format", "json", path).stdout)["notebooks"][0]["findings"]
    assert (finding["id"], finding["provider"]) == (None, None)


def test_text_in_folders_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "percent.py").write_text(PERCENT, encoding="utf-8")
    assert check(tmp_path).stderr == "No notebook was checked.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("broken.py", "# ---\n# jupyter:\n#   a: [\n# ---\n"),
        ("broken.md", MYST.replace(":tags: [late]", ":tags: [late")),
    ],
)
def test_text_that_jupytext_cannot_read(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = check(path)
    assert result.exit_code == 2
    start = f"{path} could not be read as a notebook: jupytext cannot read it ("
    assert result.stderr.startswith(start)
    assert result.stderr.endswith(").\nNo notebook was checked.\n")


def test_without_jupytext(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jupytext", None)
    path = tmp_path / "percent.py"
    path.write_text(PERCENT, encoding="utf-8")
    result = check(path)
    assert result.exit_code == 2
    assert result.stderr == (
        f"{path} could not be read as a notebook: jupytext reads notebooks that are text: "
        'pip install "jupyter_namespace_viz[jupytext]"\nNo notebook was checked.\n'
    )
