"""What does `jupyter namespace-viz mcp` do without the MCP SDK, and is it slow to start?"""

from __future__ import annotations

import subprocess
import sys

from tests.cli.test_start import imported

WITHOUT_SDK = """
import sys
sys.modules["mcp"] = None
from jupyter_namespace_viz.cli.main import main
main(["mcp"])
"""


def test_no_sdk() -> None:
    command = [sys.executable, "-c", WITHOUT_SDK]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "pip install 'jupyter_namespace_viz[mcp]'" in ran.stderr


def test_help_imports_no_sdk() -> None:
    assert not {"mcp", "pydantic", "jupyter_server"} & imported("mcp", "--help")
