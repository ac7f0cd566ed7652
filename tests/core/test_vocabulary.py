"""Does docs/statuses.md explain every status and reason?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from jupyter_namespace_viz.core.vocabulary import (
    CellStatus,
    ImportState,
    NameStatus,
    Reason,
    StaleReason,
)

PAGE = Path(__file__).parents[2] / "docs" / "statuses.md"

WORDS: dict[str, tuple[Any, dict[str, str]]] = {
    "a name's status": (NameStatus, {
        "missing": "| missing |",
        "not_installed": "| not installed |",
        "clobbered": "| clobbered |",
        "ghost": "| ghost |",
        "stale": "| stale |",
        "unknown": "| unknown |",
        "live": "| live |",
    }),
    "a name's reason": (Reason, {
        "never_run": "_never ran_ in this kernel",
        "lost_at_restart": "_lost at a restart_",
        "deleted": "a cell _deleted_ it",
        "provider_failed": "_failed_ before defining it",
        "provider_edited": "_edited_ after it ran",
        "not_bound": "ran and _did not define_ it",
        "one_of_cells": "_which one is not known_",
        "later_cell": "_only a later cell_ defines it",
        "not_parsed": "_cannot be parsed_",
        "no_provider": "_no cell_ defines it",
        "not_built_in": "a _builtin_ that was deleted",
        "unbound": "certainly _unbound_",
        "not_installed": "a module that is _not installed_",
        "import_fails": "whose _import fails_",
        "clobbered": "| clobbered |",
        "cannot_ask": "the kernel has not answered",
        "star_import": "_may define_ it (star import, `exec`)",
        "in_flight": "a running or queued cell _will define_",
        "input_changed": "_stale itself_",
        "other_import": "_another module_ than its provider imports",
        "bound_elsewhere": "_other code_ set it",
        "cell_deleted": "_cell was deleted_",
    }),
    "a cell's status": (CellStatus, {
        "running": "| running |",
        "queued": "| queued |",
        "failed": "| failed |",
        "blocked": "| blocked |",
        "at_risk": "| at risk |",
        "stale": "| stale |",
        "ready": "| ready |",
        "fresh": "| fresh |",
        "empty": "| empty,",
        "not_python": "not Python,",
        "syntax_error": "syntax error |",
    }),
    "a stale cell's reason": (StaleReason, {
        "edited": "_edited_ since",
        "ran_again": "_redefined it_",
        "mutated": "_may have changed_ it",
        "not_run": "_has not run_",
        "failed": "_failed_",
        "other_value": "_read another value_",
        "deleted": "_deletes_ the name",
        "later_cell": "_only a cell below_ defines it",
        "cell_deleted": "that of a _deleted cell_",
        "no_cell": "_no cell_ above does",
        "input": "_is stale_",
        "other_draws": "_other random numbers_",
        "one_of_cells": "_which one is not known_",
    }),
    "an import's state": (ImportState, {
        "not_installed": "| not installed |",
        "shadowed": "| shadowed |",
        "unknown": "| unknown |",
        "missing": "| missing |",
        "clobbered": "| clobbered |",
        "changed_on_disk": "| changed on disk |",
        "live": "| live |",
    }),
}  # fmt: skip
"""By title: the members of a literal, each with the words that explain it on the page."""

SECTIONS = {
    "a name's status": "A name that a cell needs",
    "a name's reason": "A name that a cell needs",
    "a cell's status": "A cell",
    "a stale cell's reason": "A cell",
    "an import's state": "An import",
}


def section(heading: str) -> str:
    """The text below a heading of the page, each run of white space as one space."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return re.sub(r"\s+", " ", rest.partition("\n## ")[0])


@pytest.mark.parametrize("title", WORDS)
def test_every_member_is_explained(title: str) -> None:
    literal, words = WORDS[title]
    assert set(words) == set(get_args(literal))
    text = section(SECTIONS[title])
    assert [it for it in words.values() if it not in text] == []
