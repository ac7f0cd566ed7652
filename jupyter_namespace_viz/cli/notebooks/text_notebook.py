"""How is a text notebook read: a percent script, MyST or other markdown?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEXT_SUFFIXES = frozenset({".py", ".md", ".rmd", ".qmd"})
"""Files with these suffixes are read as text, others as Jupyter's JSON."""


class UnreadableText(Exception):
    """Text that is not a notebook, or needs a package that is missing; the message says why."""


def is_text_notebook(path: Path) -> bool:
    """Whether a file of this name would be a text notebook."""
    return path.suffix.lower() in TEXT_SUFFIXES


def parsed_text(text: str, suffix: str) -> Any:
    """The notebook as nbformat's node; raises UnreadableText.

    jupytext is imported on first use: it is optional and slow to import.
    """
    try:
        import jupytext  # noqa: PLC0415
        import yaml  # noqa: PLC0415
        from jupytext.myst import MystMetadataParsingError  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "jupytext":
            raise
        install = 'pip install "jupyter_namespace_viz[jupytext]"'
        raise UnreadableText(f"jupytext reads notebooks that are text: {install}") from error
    try:
        return jupytext.reads(text, fmt={"extension": suffix})
    except (ValueError, MystMetadataParsingError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableText(f"jupytext cannot read it ({reason}).") from error
