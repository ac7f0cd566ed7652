"""Shows for each notebook cell which names it needs and whether the live kernel holds them."""

from typing import Any

__version__: str


def __getattr__(name: str) -> str:
    """The version, when it is asked for: reading it takes longer than the rest of a start."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("jupyter_namespace_viz")
    except PackageNotFoundError:  # the source tree is used without being installed
        return "0.0.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab finds the built panel."""
    return [{"src": "labextension", "dest": "jupyter-namespace-viz"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Where Jupyter Server finds the extension.

    The import is inside the function so that `jupyter_namespace_viz.core` works without Jupyter.
    """
    from jupyter_namespace_viz.server.app import NamespaceVizApp

    return [{"module": "jupyter_namespace_viz", "app": NamespaceVizApp}]
