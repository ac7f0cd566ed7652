"""What does a verdict on a name mean for its cell?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.verdicts.verdict_types import Need

NEEDS: dict[str, tuple[Need, str]] = {
    # a need; does it block its cell, is it a risk, can it be fixed?
    "missing": (Need("x", "missing", "immediate", True, provider="c1"), "blocks risk fixable"),
    "missing in a branch": (
        Need("x", "missing", "immediate", False, provider="c1"), "risk fixable"
    ),
    "missing in a function that is not called": (Need("x", "missing", "deferred", True), ""),
    "missing, and defined nowhere": (Need("x", "missing", "immediate", True), "blocks risk"),
    "missing, and its cell does not parse": (
        Need("x", "missing", "immediate", True, reason="not_parsed", provider="c1"), "blocks risk"
    ),
    "missing, and its module is not installed": (
        Need("x", "missing", "immediate", True, reason="not_installed", provider="c1"),
        "blocks risk",
    ),
    "a module that is not installed": (
        Need("x", "not_installed", "immediate", True), "blocks risk"
    ),
    "clobbered": (Need("x", "clobbered", "immediate", True, provider="c1"), "risk fixable"),
    "another import": (
        Need("x", "stale", "immediate", True, reason="other_import", provider="c1"), "risk fixable"
    ),
    "a ghost": (Need("x", "ghost", "immediate", True), "risk"),
    "unknown": (Need("x", "unknown", "immediate", True, provider="c1"), "risk"),
    "stale": (Need("x", "stale", "immediate", True, provider="c1"), ""),
    "live": (Need("x", "live", "immediate", True, provider="c1"), ""),
}  # fmt: skip


def meaning(need: Need) -> str:
    """What a need means, in words."""
    words = {"blocks": need.blocks, "risk": need.is_risk, "fixable": need.is_fixable}
    return " ".join(word for word, is_so in words.items() if is_so)


@pytest.mark.parametrize("case", NEEDS)
def test_the_meaning_of_a_need(case: str) -> None:
    need, expected = NEEDS[case]
    assert meaning(need) == expected
