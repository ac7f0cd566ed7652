"""How is a notebook read that is kept as text: a percent script, MyST or other markdown?"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

TEXT_SUFFIXES = frozenset({".py", ".md", ".rmd", ".qmd"})
"""What is read as text; all else is a notebook's JSON."""


class UnreadableText(Exception):
    """Text that is no notebook, or cannot be read here; the message says why."""


def is_text_notebook(path: Path) -> bool:
    """Whether a file of this name is text, as far as a notebook may be in it."""
    return path.suffix.lower() in TEXT_SUFFIXES


def parsed_text(text: str, suffix: str) -> Any:
    """The notebook, as nbformat has it; raises UnreadableText.

    jupytext is imported here because few have it, and it takes long.
    """
    try:
        jupytext = import_module("jupytext")
    except ModuleNotFoundError as error:
        if error.name != "jupytext":
            raise
        install = 'pip install "jupyter_namespace_viz[jupytext]"'
        raise UnreadableText(f"jupytext reads notebooks that are text: {install}") from error
    refusals = (
        ValueError,
        jupytext.myst.MystMetadataParsingError,
        import_module("yaml").YAMLError,
    )
    try:
        return jupytext.reads(text, fmt={"extension": suffix})
    except refusals as error:
        reason = " ".join(str(error).split())
        raise UnreadableText(f"jupytext cannot read it ({reason}).") from error
