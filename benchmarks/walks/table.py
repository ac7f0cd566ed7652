"""How do the figures of all walks read?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.walks.checks import FreshCheck, PlanCheck
from benchmarks.walks.happenings import Comparison, Happening, Said, compare
from benchmarks.walks.walking import CellRun, Mending, Walk


@dataclass(frozen=True, slots=True)
class CheckedWalk:
    """One walk, and what was checked when it was over."""

    walk: Walk
    plans: Sequence[PlanCheck] = ()
    fresh: Sequence[FreshCheck] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: so many of `cases` are as they should be. `goal` is in percent."""

    what: str
    good: int
    cases: int
    goal: float | None

    @property
    def percent(self) -> float:
        """100 where there was nothing to get wrong."""
        return 100 * self.good / self.cases if self.cases else 100.0

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached, if there is one."""
        return self.goal is None or self.percent >= self.goal


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that is not as it was said, and where to look."""

    walk: Walk
    step: int | None
    text: str


def rows(walks: Sequence[CheckedWalk]) -> list[Row]:
    """The table."""
    mended: Counter[bool] = Counter()
    plans: Counter[bool] = Counter()
    fresh: Counter[bool] = Counter()
    for it in walks:
        mended.update(w for w in map(works, it.walk.mendings) if w is not None)
        plans.update(p.shorter is None for p in it.plans if p.left_out is None)
        fresh.update(f.found == "same" for f in it.fresh if f.found != "left_out")
    runs = [run for it in walks for run in it.walk.runs]
    recall, precision = recall_and_precision((run.said, run.happening) for run in runs)
    naive = recall_and_precision((run.naive, run.happening) for run in runs)
    return [
        Row("raised, and `blocked` had been said for that name (recall)", *recall, 99.7),
        Row("    a naive watcher: free names beside `dir()`", *naive[0], None),
        Row("said to be `blocked`, and raised for that name (precision)", *precision, 99.8),
        Row("    a naive watcher", *naive[1], None),
        Row("plan offered, plan run, then the cell misses no name", *_of(mended), 99.0),
        Row("no shorter list of cells works than the plan (small cases)", *_of(plans), 100.0),
        Row("`fresh`, and a re-run in document order binds the same", *_of(fresh), 99.0),
    ]


def recall_and_precision(
    runs: Iterable[tuple[Said, Happening]],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many were foretold, of those that raised and of those that were said to."""
    found: Counter[Comparison] = Counter()
    wrong_name = 0
    for said, happening in runs:
        comparison = compare(said, happening)
        found[comparison] += 1
        wrong_name += comparison == "surprise" and said.status == "blocked"
    told = found["foretold"]
    said_so = told + found["false_alarm"] + wrong_name
    return (told, told + found["surprise"]), (told, said_so)


def _of(counts: Counter[bool]) -> tuple[int, int]:
    return counts[True], counts.total()


def works(mending: Mending) -> bool | None:
    """Whether the plan did what it promised; None where it promised nothing, or another error came
    in between.
    """
    last = mending.runs[-1]
    if mending.unresolved:
        return None
    if last.happening.kind in {"name", "module"}:
        return False
    return True if last.why == "mended" else None


def misses(checked: CheckedWalk) -> Iterator[Miss]:
    """Everything in a walk that is not as it was said."""
    walk = checked.walk
    for run in walk.runs:
        found = compare(run.said, run.happening)
        wrong_name = found == "surprise" and run.said.status == "blocked"
        if found in {"surprise", "false_alarm"}:
            kind = "blocked for another name" if wrong_name else found.replace("_", " ")
            yield Miss(walk, run.step, f"{kind}: {_story(run)}")
    for mending in walk.mendings:
        if works(mending) is False:
            plan = " ".join(mending.plan) or "nothing"
            yield Miss(
                walk,
                mending.step,
                f"plan fails: {plan} for {mending.cell}: {_story(mending.runs[-1])}",
            )
    for plan_check in checked.plans:
        if plan_check.shorter is not None:
            plan, shorter = " ".join(plan_check.mending.plan), " ".join(plan_check.shorter)
            text = f"plan is too long: {plan} for {plan_check.mending.cell}, {shorter!r} does"
            yield Miss(walk, plan_check.mending.step, text)
    for fresh in checked.fresh:
        if fresh.found in {"other", "raises"}:
            verb = "gives another" if fresh.found == "other" else "misses"
            yield Miss(walk, None, f"fresh: {fresh.cell} {verb} {', '.join(fresh.names)}")


def _story(run: CellRun) -> str:
    said = f"{run.said.status} {', '.join(run.said.missing)}".strip()
    return f"{run.cell} said {said}, {run.happening.error or 'ran'}"


def counts(walks: Iterable[CheckedWalk]) -> list[tuple[str, int]]:
    """How much was seen, and what was left out, with its reason."""
    found: Counter[str] = Counter()
    for it in walks:
        walk = it.walk
        found["walks"] += 1
        found["walks that ended early, the kernel was lost"] += walk.lost is not None
        found["walks that ended early, time was up"] += walk.is_cut
        found["cells that are never run, they would reach out"] += walk.notebook.left_out
        found["runs of cells"] += len(walk.runs)
        for run in walk.runs:
            found[f"runs: {_ENDINGS[run.happening.kind]}"] += 1
            said = "blocked" if run.said.status == "blocked" else "other"
            left_out = compare(run.said, run.happening) == "left_out"
            found["runs: said to be blocked, another error came first"] += left_out
            at_risk = run.happening.kind in {"name", "module"} and run.said.status == "at_risk"
            found["surprises that were `at_risk`"] += at_risk and said == "other"
        found["plans run"] += len(walk.mendings)
        found["plans that say what they cannot bring back"] += sum(
            bool(it.unresolved) for it in walk.mendings
        )
        found["plans: another error came in between"] += sum(
            works(m) is None and not m.unresolved for m in walk.mendings
        )
        found["plans held against all shorter ones"] += len(it.plans)
        for plan in it.plans:
            if plan.left_out:
                found[f"plans: no answer, {plan.left_out}"] += 1
        found["fresh cells at the end"] += len(it.fresh)
        found["fresh cells with nothing to compare"] += sum(f.found == "left_out" for f in it.fresh)
    return [(what, number) for what, number in found.items() if number]


_ENDINGS = {
    "ran": "ran through",
    "name": "NameError",
    "module": "ModuleNotFoundError",
    "elsewhere": "such an error within a library",
    "other": "another error",
    "too_long": "interrupted",
    "hidden": "within %%capture",
}
