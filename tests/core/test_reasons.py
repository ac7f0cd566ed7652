"""What does each reason say about the provider, for those who decide by it?"""

from __future__ import annotations

from typing import get_args

from jupyter_namespace_viz.core.vocabulary import NOT_RUN, UNFIXABLE, Reason

# A new reason needs a line here: what is a consequence, and what a plan can fix, depend on it.
GROUPS: dict[Reason, str] = {
    "never_run": "not run",
    "lost_at_restart": "not run",
    "deleted": "",
    "provider_failed": "",
    "provider_edited": "",
    "one_of_cells": "",
    "not_bound": "",
    "later_cell": "",
    "not_parsed": "unfixable",
    "no_provider": "",
    "not_built_in": "",
    "unbound": "",
    "not_installed": "unfixable",
    "import_fails": "unfixable",
    "clobbered": "",
    "other_import": "",
    "cannot_ask": "",
    "star_import": "",
    "in_flight": "",
    "input_changed": "",
    "bound_elsewhere": "",
    "cell_deleted": "",
}


def test_every_reason_is_in_its_group() -> None:
    groups = {
        "not run": NOT_RUN,
        "unfixable": UNFIXABLE,
    }
    found = {
        reason: " ".join(title for title, group in groups.items() if reason in group)
        for reason in get_args(Reason)
    }
    assert found == GROUPS
