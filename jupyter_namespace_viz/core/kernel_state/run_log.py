"""Which runs are known, and which of them have not finished yet?"""

from __future__ import annotations

from collections.abc import Mapping, Set

from jupyter_namespace_viz.core.kernel_state.namespace import HeldName, Run

MOST_OTHER_RUNS = 5_000
"""How many runs without a cell id are remembered."""

MOST_REPLACED = 5_000
"""How many runs are remembered of cells that another client has run since, or with another text."""


ReplacedRuns = dict[tuple[str, str | None], Run]
"""Runs by cell ids and clients."""


class RunLog:
    """The runs of one kernel process.

    `by_cell` maps cell ids to the cell's last finished run; `others` maps serials to the runs
    without a cell id. `replaced` maps cell ids and clients to the client's last run of a cell that
    another client has run since, `former` maps cell ids to the cell's last run of another text than
    that of its last run; both are kept from `before`, a log of the same process. `seconds` maps
    cell ids to the duration of the cell's last successful run, and is kept when the process ends.
    `is_complete` becomes false when runs are dropped because there are too many.
    """

    def __init__(
        self, seconds: dict[str, float] | None = None, before: RunLog | None = None
    ) -> None:
        self.by_cell: dict[str, Run] = {}
        self.replaced: ReplacedRuns = {} if before is None else before.replaced
        self.former: dict[str, Run] = {} if before is None else before.former
        self.others: dict[int, Run] = {}
        self.seconds: dict[str, float] = {} if seconds is None else seconds
        self.last_serial = 0
        self.is_complete = True
        self._unfinished: dict[int, Run] = {}

    @property
    def running(self) -> tuple[str, ...]:
        """The ids of the cells that run now."""
        return tuple(it.cell_id for it in self._unfinished.values() if it.cell_id)

    @property
    def running_untagged(self) -> tuple[Run, ...]:
        """The runs without a cell id that are not over."""
        return tuple(it for it in self._unfinished.values() if it.cell_id is None)

    def enter(self, run: Run, is_over: bool, seconds: float | None) -> Run:
        """Add a run. If it is over it becomes the last run of its cell; `seconds` is its duration.

        Returns the run as it is remembered: of an unfinished run the first report is kept.
        """
        if not is_over:
            return self._unfinished.setdefault(run.serial, run)
        self.last_serial = max(self.last_serial, run.serial)
        if run.cell_id is not None:
            self._replace(self.by_cell.get(run.cell_id), run.cell_id, run)
            self.by_cell[run.cell_id] = run
            if run.succeeded and seconds is not None:
                self.seconds[run.cell_id] = seconds
        else:
            self.others[run.serial] = run
            if len(self.others) > MOST_OTHER_RUNS:
                del self.others[next(iter(self.others))]
                self.is_complete = False
        return run

    def _replace(self, before: Run | None, cell_id: str, run: Run) -> None:
        """Remember the last run of the cell, if another client requested it than the next one, or
        its text was another one.
        """
        if before is not None and before.source != run.source:
            self.former.pop(cell_id, None)
            self.former[cell_id] = before
            if len(self.former) > MOST_REPLACED:
                del self.former[next(iter(self.former))]
        self.replaced.pop((cell_id, run.client), None)
        if before is not None and before.client != run.client:
            self.replaced[cell_id, before.client] = before
            if len(self.replaced) > MOST_REPLACED:
                del self.replaced[next(iter(self.replaced))]

    def is_unfinished(self, run: Run) -> bool:
        """Whether the end of the run is not known yet."""
        return run.serial in self._unfinished

    def finish(self, run: Run) -> None:
        """Note that the run is over."""
        self._unfinished.pop(run.serial, None)

    def of(self, serials: Set[int | None], names: Mapping[str, HeldName]) -> dict[int, Run]:
        """The runs with these serials, and others. All names that are held, which may be millions,
        are looked at only where a run is not remembered any more."""
        runs = {run.serial: run for run in self.by_cell.values()}
        known = {**runs, **self.others, **self._unfinished}
        if serials <= known.keys():
            return known
        return {run.serial: run for held in names.values() if (run := held.bound_by)} | known
