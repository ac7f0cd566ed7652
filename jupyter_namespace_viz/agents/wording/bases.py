"""Where is an answer from, and how new is it?"""

from __future__ import annotations

from datetime import datetime

from jupyter_namespace_viz.agents.assessments import Assessed


def basis(assessed: Assessed) -> str:
    """Where the text is from, and how new what is known of the kernel is."""
    saved_at = assessed.text.saved_at
    text = "shared document" if saved_at is None else f"file saved {_age(assessed, saved_at)}"
    view = assessed.view
    if view is None:
        return f"Text: {text}. Kernel: none runs this notebook."
    known = "nothing is known yet" if view.as_of is None else f"known {_age(assessed, view.as_of)}"
    generation = f"generation {view.namespace.generation}"
    message = f" {view.message}" if view.message else ""
    return f"Text: {text}. Kernel: {view.state}, {generation}, {known}.{message}"


def _age(assessed: Assessed, moment: datetime) -> str:
    """How long ago it was."""
    seconds = max(0.0, (assessed.at - moment).total_seconds())
    if seconds < 10:
        return f"{seconds:.1f} s ago"
    if seconds < 120:
        return f"{seconds:.0f} s ago"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min ago"
    return (
        f"{seconds / 3600:.0f} h ago" if seconds < 172_800 else f"{seconds / 86_400:.0f} days ago"
    )
