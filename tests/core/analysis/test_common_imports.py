"""What does everybody import a name as?"""

from __future__ import annotations

import ast

import pytest

from jupyter_namespace_viz.core.analysis.bindings import import_statements
from jupyter_namespace_viz.core.analysis.common_imports import COMMON_IMPORTS


@pytest.mark.parametrize(("name", "code"), COMMON_IMPORTS.items())
def test_the_statement_binds_the_name_and_nothing_else(name: str, code: str) -> None:
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.Import | ast.ImportFrom)
    assert [(it.name, it.code) for it in import_statements(statement)] == [(name, code)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("np", "import numpy as np"),
        ("pd", "import pandas as pd"),
        ("plt", "import matplotlib.pyplot as plt"),
        ("tf", "import tensorflow as tf"),
        ("os", "import os"),
        ("Path", "from pathlib import Path"),
        ("datetime", None),  # the module, or the class in it
        ("display", None),
        ("data", None),
    ],
)
def test_the_statement_of_a_name(name: str, code: str | None) -> None:
    assert COMMON_IMPORTS.get(name) == code
