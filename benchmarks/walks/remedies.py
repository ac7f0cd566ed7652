"""Does a remedy that the report offers mend the problem that it stands at?

The remedy is run to its end. Then the problem must be gone, except for what the remedy announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.walks.live_notebook import LiveNotebook

Problem = Mapping[str, Any]
Remedy = Mapping[str, Any]

_MISSING = {"missing_import", "not_installed", "missing", "clobbered"}
_NOT_RUN = {"install", "change_kernel"}
"""These would change the environments of the benchmark."""


@dataclass(frozen=True, slots=True)
class RemedyRun:
    """One remedy that was run. `failed` says why it did not come to its end; `left` is what remains
    of the problem and was not announced.
    """

    step: int
    kind: str
    remedy: str
    about: str
    failed: str | None
    left: tuple[str, ...]


async def run_remedy(kernel: LiveNotebook, step: int, choice: float) -> RemedyRun | None:
    """Run one of the remedies that the report offers; None when it offers none that can run.

    `choice`, from 0 to 1, chooses it.
    """
    offered = [
        (problem, remedy)
        for problem in (await kernel.report())["problems"]
        for remedy in problem["remedies"]
        if remedy["kind"] not in _NOT_RUN
    ]
    if not offered:
        return None
    problem, remedy = offered[int(choice * len(offered))]
    about = f"{' '.join(problem['names']) or '-'} of {' '.join(problem['cells'])}"
    failed, announced = await _run(kernel, remedy)
    left = (
        ()
        if failed
        else tuple(_left((await kernel.report())["problems"], problem, remedy, announced))
    )
    return RemedyRun(step, problem["kind"], remedy["kind"], about, failed, left)


async def _run(kernel: LiveNotebook, remedy: Remedy) -> tuple[str | None, set[str]]:
    """Runs the remedy. Returns why it did not come to its end, and the names that its plan says it
    does not bring back.
    """
    cells = remedy["cells"]
    match remedy["kind"]:
        case "insert_imports":
            code = await _import_code(kernel, cells[0], remedy["names"])
            kernel.cells[cells[0]] = f"{code}\n{kernel.cells[cells[0]]}"
            return None, set()
        case "restore_cell":
            return kernel.restore_cell(remedy["names"], above=cells[0]), set()
        case kind:
            mode = {"restore_imports": "imports", "run_needed": "cells", "run_stale": "stale"}[kind]
            plan = await kernel.plan(None, mode, targets=cells or None)
            failed = await _run_steps(kernel, plan["steps"])
            return failed, {it["name"] for it in plan["unresolved"]}


async def _run_steps(kernel: LiveNotebook, steps: Sequence[Mapping[str, Any]]) -> str | None:
    for step in steps:
        if step["code"] is not None:
            error = await kernel.run_code(step["code"])
        else:
            outcome = await kernel.execute(step["cell_id"], names=())
            error = None if outcome.kind in {"ran", "hidden"} else outcome.error
        if error is not None:
            return f"{step['cell_id']}: {error}"
    return None


async def _import_code(kernel: LiveNotebook, cell: str, names: Sequence[str]) -> str:
    report = next(it for it in (await kernel.report())["cells"] if it["id"] == cell)
    codes = [need["import_code"] for need in report["needs"] if need["name"] in names]
    return "\n".join(code for code in codes if code is not None)


def _left(
    now: Sequence[Problem], problem: Problem, remedy: Remedy, announced: set[str]
) -> Iterator[str]:
    """What remains of the problem, and was not announced."""
    cells, names = set(problem["cells"]), set(remedy["names"]) - announced
    if remedy["kind"] == "insert_imports" and remedy["remaining"]:
        cells = {remedy["cells"][0]}
    for name in set(problem["names"]) - set(remedy["names"]) - announced:
        if not remedy["remaining"] and len(problem["remedies"]) == 1:
            yield f"{name} was never promised"
    kinds = _MISSING if problem["kind"] in _MISSING else {problem["kind"]}
    for it in now:
        if it["kind"] in kinds and not cells.isdisjoint(it["cells"]):
            if names.intersection(it["names"]):
                yield f"{it['kind']}: {it['message']}"
            elif problem["kind"] == "stale":
                yield f"{' '.join(cells.intersection(it['cells']))} stale: {it['message']}"
        elif problem["kind"] == it["kind"] == "stale" and it["remedies"]:
            yield f"{' '.join(it['cells'])} stale, to be run again: {it['message']}"
