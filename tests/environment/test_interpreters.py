"""Is the Python of a notebook's kernel found?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from jupyter_namespace_viz.environment import interpreters

SPECS = {
    "plain": {"argv": ["/usr/bin/python3", "-m", "ipykernel"], "language": "python"},
    "Capital": {"argv": ["python"], "language": "python", "env": {"A": "${B}/c"}},
    "other": {"argv": ["ir"], "language": "R", "metadata": {"debugger": True}},
}


@pytest.mark.parametrize("name", ["plain", "capital", "CAPITAL", "other", "gone", "broken"])
def test_a_kernelspec_is_found_where_jupyter_client_finds_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, spec in SPECS.items():
        (tmp_path / "kernels" / folder).mkdir(parents=True)
        (tmp_path / "kernels" / folder / "kernel.json").write_text(json.dumps(spec))
    (tmp_path / "kernels" / "broken").mkdir()
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    interpreters._kernelspec.cache_clear()
    found = interpreters._kernelspec(name)
    try:
        expected = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        assert found is None
    else:
        assert found is not None
        assert (found.language, [*found.argv], found.env) == (
            expected.language,
            expected.argv,
            expected.env,
        )


@pytest.mark.parametrize(
    "text", ["", "[]", '{"argv": 1}', '{"argv": [1]}', '{"argv": [], "env": 1}']
)
def test_a_damaged_kernelspec_is_none(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kernels" / "odd").mkdir(parents=True)
    (tmp_path / "kernels" / "odd" / "kernel.json").write_text(text)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    interpreters._kernelspec.cache_clear()
    assert interpreters._kernelspec("odd") is None
