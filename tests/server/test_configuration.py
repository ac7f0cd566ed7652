"""Do old configuration files keep working?"""

from __future__ import annotations

import logging

import pytest
from traitlets.config import Config

from jupyter_namespace_viz.server.app import NamespaceVizApp

DEPRECATED = "c.NamespaceVizApp.let_go_after is deprecated. Use c.NamespaceVizApp.disconnect_after."


@pytest.mark.parametrize(
    ("configured", "disconnect_after", "warnings"),
    [
        ({}, 60.0, []),
        ({"disconnect_after": 5.0}, 5.0, []),
        ({"let_go_after": 7.0}, 7.0, [DEPRECATED]),
        ({"let_go_after": 7.0, "disconnect_after": 5.0}, 5.0, [DEPRECATED]),
        ({"disconnect_after": 60.0, "let_go_after": 7.0}, 60.0, [DEPRECATED]),
    ],
)
def test_the_old_name_of_disconnect_after(
    configured: dict[str, float],
    disconnect_after: float,
    warnings: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("tests.server.configuration")
    app = NamespaceVizApp(config=Config({"NamespaceVizApp": configured}), log=log)
    assert app.disconnect_after == disconnect_after
    assert [record.getMessage() for record in caplog.records] == warnings
