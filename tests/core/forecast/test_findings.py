"""What is wrong with the name, or with the text, that would raise?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.forecast.import_failures import Shadow
from jupyter_namespace_viz.core.forecast.restart_and_run_all import forecast
from jupyter_namespace_viz.core.vocabulary import FindingStatus
from tests.core.tools.notebooks import environment_without, notebook


@pytest.mark.parametrize(
    ("source", "error", "status"),
    [
        ("x", "NameError", "missing"),
        ("import absent", "ModuleNotFoundError", "not_installed"),
        ("from m import gone", "ImportError", "not_installed"),
        ("x = = 1", "SyntaxError", "syntax_error"),
        ("import shadowed", "AttributeError", "clobbered"),
    ],
)
def test_the_status_of_a_finding(source: str, error: str, status: FindingStatus) -> None:
    shadows = {"shadowed": Shadow("shadowed.py", "/lib/shadowed.py")}
    found = forecast(notebook(source), environment_without("absent", "m:gone"), None, shadows.get)
    assert [(it.error, it.status) for it in found] == [(error, status)]
