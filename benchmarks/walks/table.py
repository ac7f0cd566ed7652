"""Which figures follow from all walks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.walks.checks import FreshCheck, PlanCheck
from benchmarks.walks.live_notebook import CellRun, UntaggedRun
from benchmarks.walks.outcomes import Comparison, Outcome, Verdict, compare
from benchmarks.walks.remedies import RemedyRun
from benchmarks.walks.walking import PlanRun, Walk


@dataclass(frozen=True, slots=True)
class CheckedWalk:
    """One walk, and the results of the checks after it."""

    walk: Walk
    plans: Sequence[PlanCheck] = ()
    fresh: Sequence[FreshCheck] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `good` of `cases` are as they should be. `goal` is in percent."""

    what: str
    good: int
    cases: int
    goal: float | None

    @property
    def percent(self) -> float:
        """The share of good cases; 100 where there are no cases."""
        return 100 * self.good / self.cases if self.cases else 100.0

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; True without a goal."""
        return self.goal is None or self.percent >= self.goal


@dataclass(frozen=True, slots=True)
class Miss:
    """A wrong prediction, and the walk and step in which it occurred."""

    walk: Walk
    step: int | None
    text: str


def rows(walks: Sequence[CheckedWalk]) -> list[Row]:
    """The lines of the table."""
    worked: Counter[bool] = Counter()
    plans: Counter[bool] = Counter()
    fresh: Counter[bool] = Counter()
    mended: Counter[bool] = Counter()
    given: Counter[bool] = Counter()
    for it in walks:
        given.update(map(is_given_truly, it.walk.untagged_runs))
        mended.update(not r.left for r in it.walk.remedy_runs if r.failed is None)
        worked.update(w for w in map(works, it.walk.plan_runs) if w is not None)
        plans.update(p.shorter is None for p in it.plans if p.left_out is None)
        fresh.update(f.found == "same" for f in it.fresh if f.found != "left_out")
    runs = [run for it in walks for run in it.walk.runs]
    recall, precision = recall_and_precision((run.verdict, run.outcome) for run in runs)
    agreed = Counter(it.verdict.agreed for it in runs if it.verdict.agreed is not None)
    naive = recall_and_precision((run.naive, run.outcome) for run in runs)
    return [
        Row("raised, and `blocked` had been said for that name (recall)", *recall, 99.7),
        Row("    a naive watcher: free names beside `dir()`", *naive[0], None),
        Row("said to be `blocked`, and raised for that name (precision)", *precision, 99.8),
        Row("    a naive watcher", *naive[1], None),
        *([Row("an agent that asks gets the same answer", *_of(agreed), 100.0)] if agreed else []),
        Row("plan offered, plan run, then the cell misses no name", *_of(worked), 99.0),
        Row("no shorter list of cells works than the plan (small cases)", *_of(plans), 100.0),
        Row("`fresh`, and a re-run in document order binds the same", *_of(fresh), 99.0),
        Row("run without a cell id: given to its cell, or to none", *_of(given), 100.0),
        Row("remedy run to its end: its problem is gone, or was announced", *_of(mended), 99.0),
    ]


def recall_and_precision(
    runs: Iterable[tuple[Verdict, Outcome]],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two pairs (good, cases): the predicted ones of the runs that raised, and the runs that raised
    of those that were predicted to.
    """
    found: Counter[Comparison] = Counter()
    wrong_name = 0
    for verdict, outcome in runs:
        comparison = compare(verdict, outcome)
        found[comparison] += 1
        wrong_name += comparison == "surprise" and verdict.would_raise
    predicted = found["predicted"]
    blocked = predicted + found["false_alarm"] + wrong_name
    return (predicted, predicted + found["surprise"]), (predicted, blocked)


def _of(counts: Counter[bool]) -> tuple[int, int]:
    return counts[True], counts.total()


def is_given_truly(run: UntaggedRun) -> bool:
    """Whether the run without an id was given to no other cell than its own."""
    return set(run.given_to) <= {run.cell}


def works(plan_run: PlanRun) -> bool | None:
    """Whether the cell missed no name after its plan; None where the plan has unresolved names, or
    another error came first.
    """
    last = plan_run.runs[-1]
    if plan_run.unresolved:
        return None
    if last.outcome.kind in {"name", "module"}:
        return False
    return True if last.why == "target" else None


def misses(checked: CheckedWalk) -> Iterator[Miss]:
    """The wrong predictions of a walk."""
    walk = checked.walk
    for run in walk.runs:
        found = compare(run.verdict, run.outcome)
        wrong_name = found == "surprise" and run.verdict.would_raise
        if found in {"surprise", "false_alarm"}:
            kind = "blocked for another name" if wrong_name else found.replace("_", " ")
            yield Miss(walk, run.step, f"{kind}: {_story(run)}")
        if run.verdict.agreed is False:
            yield Miss(walk, run.step, f"another answer for an agent: {_story(run)}")
    for plan_run in walk.plan_runs:
        if works(plan_run) is False:
            plan = " ".join(plan_run.plan) or "nothing"
            yield Miss(
                walk,
                plan_run.step,
                f"plan fails: {plan} for {plan_run.cell}: {_story(plan_run.runs[-1])}",
            )
    for remedy_run in walk.remedy_runs:
        if remedy_run.left:
            yield Miss(walk, remedy_run.step, f"remedy leaves: {_remedy_story(remedy_run)}")
    for untagged_run in walk.untagged_runs:
        if not is_given_truly(untagged_run):
            cells = " ".join(untagged_run.given_to)
            text = f"a run without an id: {untagged_run.cell} ran, given to {cells}"
            yield Miss(walk, untagged_run.step, text)
    for plan_check in checked.plans:
        if plan_check.shorter is not None:
            plan, shorter = " ".join(plan_check.plan_run.plan), " ".join(plan_check.shorter)
            text = f"plan is too long: {plan} for {plan_check.plan_run.cell}, {shorter!r} does"
            yield Miss(walk, plan_check.plan_run.step, text)
    for fresh in checked.fresh:
        if fresh.found == "not_run":
            yield Miss(walk, None, f"fresh: {fresh.cell} has not run")
        if fresh.found in {"other", "raises"}:
            verb = "gives another" if fresh.found == "other" else "misses"
            yield Miss(walk, None, f"fresh: {fresh.cell} {verb} {', '.join(fresh.names)}")


def _remedy_story(run: RemedyRun) -> str:
    return f"{run.remedy} for {run.kind} {run.about}: {'; '.join(run.left)}"


def _story(run: CellRun) -> str:
    verdict = f"{run.verdict.status} {', '.join(run.verdict.missing)}".strip()
    return f"{run.cell} said {verdict}, {run.outcome.error or 'ran'}"


def counts(walks: Iterable[CheckedWalk]) -> list[tuple[str, int]]:
    """The numbers of walks, runs and plans, and of what was left out, by reason."""
    found: Counter[str] = Counter()
    for it in walks:
        walk = it.walk
        found["walks"] += 1
        found["walks that ended early, the kernel was lost"] += walk.lost is not None
        found["walks that ended early, time was up"] += walk.is_cut
        found["cells that are never run, they would reach out"] += walk.notebook.left_out
        found["runs of cells"] += len(walk.runs)
        for run in walk.runs:
            found[f"runs: {_ENDINGS[run.outcome.kind]}"] += 1
            verdict = "blocked" if run.verdict.would_raise else "other"
            left_out = compare(run.verdict, run.outcome) == "left_out"
            found["runs: said to be blocked, another error came first"] += left_out
            at_risk = run.outcome.kind in {"name", "module"} and run.verdict.status == "at_risk"
            found["surprises that were `at_risk`"] += at_risk and verdict == "other"
        found["plans run"] += len(walk.plan_runs)
        found["plans that say what they cannot bring back"] += sum(
            bool(it.unresolved) for it in walk.plan_runs
        )
        found["plans: another error came in between"] += sum(
            works(m) is None and not m.unresolved for m in walk.plan_runs
        )
        found["runs without a cell id"] += len(walk.untagged_runs)
        found["runs without a cell id: given to their cell"] += sum(
            bool(u.given_to) for u in walk.untagged_runs
        )
        found["remedies run"] += len(walk.remedy_runs)
        for remedy_run in walk.remedy_runs:
            found[f"remedies: {remedy_run.remedy}"] += 1
            found["remedies: a step raised"] += remedy_run.failed is not None
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
