"""Shows for each notebook cell which names it needs and whether the live kernel holds them."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("jupyter_namespace_viz")
except PackageNotFoundError:  # the source tree is used without being installed, for `core` alone
    __version__ = "0.0.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab finds the built panel."""
    return [{"src": "labextension", "dest": "jupyter-namespace-viz"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Where Jupyter Server finds the extension.

    The import is inside the function so that `jupyter_namespace_viz.core` works without Jupyter.
    """
    from jupyter_namespace_viz.server.app import NamespaceVizApp

    return [{"module": "jupyter_namespace_viz", "app": NamespaceVizApp}]
