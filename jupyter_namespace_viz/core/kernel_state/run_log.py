"""Which runs are known, and which of them are not over yet?"""

from __future__ import annotations

from jupyter_namespace_viz.core.kernel_state.namespace import Run

MOST_OTHER_RUNS = 5_000
"""Runs without a cell id that are remembered."""


class RunLog:
    """The runs of one process, as values.

    `by_cell` has the last run of each cell, `others` the runs without a cell id by their serials.
    `seconds` is how long the last successful run of a cell took; it outlives the process.
    `is_complete` becomes false when runs are dropped because there are too many.
    """

    def __init__(self, seconds: dict[str, float] | None = None) -> None:
        self.by_cell: dict[str, Run] = {}
        self.others: dict[int, Run] = {}
        self.seconds: dict[str, float] = {} if seconds is None else seconds
        self.last_serial = 0
        self.is_complete = True
        self._unfinished: dict[int, Run] = {}

    @property
    def running(self) -> tuple[str, ...]:
        """The ids of the cells whose runs are not over."""
        return tuple(it.cell_id for it in self._unfinished.values() if it.cell_id)

    def enter(self, run: Run, is_over: bool, seconds: float | None) -> Run:
        """Take a run, which took so many seconds; it is the last run of its cell once it is over.

        Returns the run as it is known: the first report of one that is not over stays.
        """
        if not is_over:
            return self._unfinished.setdefault(run.serial, run)
        self.last_serial = max(self.last_serial, run.serial)
        if run.cell_id is not None:
            self.by_cell[run.cell_id] = run
            if run.succeeded and seconds is not None:
                self.seconds[run.cell_id] = seconds
        else:
            self.others[run.serial] = run
            if len(self.others) > MOST_OTHER_RUNS:
                del self.others[next(iter(self.others))]
                self.is_complete = False
        return run

    def finish(self, run: Run) -> bool:
        """The run is over; whether it was known before that."""
        return self._unfinished.pop(run.serial, None) is not None

    def by_serial(self) -> dict[int, Run]:
        """All runs that are known here, by their serials."""
        runs = {run.serial: run for run in self.by_cell.values()}
        return {**runs, **self.others, **self._unfinished}
