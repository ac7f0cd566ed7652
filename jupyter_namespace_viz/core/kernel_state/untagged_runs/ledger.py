"""Which cell of a notebook made a run that does not carry a cell's id?

Scripts, nbclient and servers that run cells send no ids. What else is known tells the cell, as long
as it is certain. The sources of this knowledge, the best first:

    the execution count   of the run appeared in the cell
    an event              of the server says that it starts the cell
    cells in flight       the first of those that have this text and wait for their run
    the text              no other cell has it

Otherwise the run was made by one of several cells, and it is said so. A cell that got its text
after the run cannot have made it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run
from jupyter_namespace_viz.core.kernel_state.untagged_runs.attribution import with_runs

MOST_TEXTS = 100
"""How many texts of one cell are remembered, the last ones."""

MOST_RUNS = 10_000
"""Of how many runs it is remembered who made them, the last ones."""

Makers = tuple[str, ...]
"""The ids of the cells one of which made a run: one where it is known, none where none did."""


class UntaggedRuns:
    """What is known of the runs without a cell id on one kernel, for one notebook.

    It is told what the notebook's clients show and do, and `attributed` adds the ids of the cells.
    What was found for a run stays, whatever becomes of the cell, unless an execution count tells
    better.
    """

    def __init__(self) -> None:
        self._is_shown = False
        self._texts: dict[str, str] = {}  # of the cells that are there
        self._texts_before: dict[str, str] = {}  # that they may have had when a new run began
        self._with_text: dict[str, Makers] | None = None  # the cells by these texts
        self._earlier: defaultdict[str, dict[int, None]] = defaultdict(dict)
        self._counts: dict[str, int | None] = {}
        self._new_counts: dict[int, str] = {}
        self._old_counts: set[tuple[str, int | None]] = set()
        self._in_flight: dict[str, str] = {}  # the texts of the cells whose runs are expected
        self._clients: Counter[str] = Counter()  # how many have the cell in flight
        self._found: dict[int, str] = {}  # by their serials, the runs of cells in flight
        self._over: set[str] = set()  # of the cells in flight, those whose run is over
        self._started: dict[str, None] = {}
        self._makers: dict[int, Makers] = {}
        self._generation = 0
        self._seen: tuple[Namespace, dict[int, Makers], Namespace] | None = None

    # --- what is told

    def show(self, texts: Mapping[str, str]) -> None:
        """The code cells that are there now, with their texts."""
        for cell_id, text in texts.items():
            if self._texts.get(cell_id) != text:
                earlier = self._earlier[cell_id]
                earlier[hash(_key(text))] = None
                if len(earlier) > MOST_TEXTS:
                    del earlier[next(iter(earlier))]
        if self._texts != texts:
            self._texts, self._with_text = dict(texts), None
        self._is_shown = True

    def show_saved(self, texts: Mapping[str, str]) -> None:
        """The code cells of a file or document that is read now and then. A run since the last time
        may be of a text that a cell had then, or of one that it has now.
        """
        before = self._texts
        self.show(texts)
        if before != texts:
            self._texts_before = before

    def queue(self, cell_ids: Sequence[str], before: Sequence[str]) -> None:
        """The cells that one client has in flight, in the order in which they run, and those that
        it had before. While a cell is in flight for any client, one run of it is expected.
        """
        for cell_id in before:
            if cell_id not in cell_ids:
                self._clients[cell_id] -= 1
                if self._clients[cell_id] <= 0:
                    del self._clients[cell_id]
                    self._in_flight.pop(cell_id, None)
                    self._over.discard(cell_id)
        for cell_id in cell_ids:
            if cell_id not in before:
                self._clients[cell_id] += 1
                if self._clients[cell_id] == 1 and cell_id in self._texts:
                    self._in_flight[cell_id] = self._texts[cell_id]

    def note_start(self, cell_id: str) -> None:
        """A part of the server runs this cell next."""
        if cell_id in self._earlier:
            self._started.pop(cell_id, None)
            self._started[cell_id] = None

    def show_counts(self, counts: Mapping[str, int | None], *, is_first: bool = False) -> None:
        """The execution counts that the cells show; with `is_first` those that a client found in
        the notebook: they may be those of another kernel.
        """
        for cell_id, count in counts.items():
            before = self._counts.get(cell_id, -1)
            self._counts[cell_id] = count
            if is_first or before == -1:
                self._old_counts.add((cell_id, count))
            elif count not in {before, None} and (cell_id, count) not in self._old_counts:
                self._new_counts[count or 0] = cell_id

    def with_texts(self, texts: Mapping[str, str]) -> UntaggedRuns:
        """The same knowledge of the runs until now, for other cells."""
        other = UntaggedRuns()
        other._generation, other._makers = self._generation, dict(self._makers)
        other.show(texts)
        return other

    # --- what follows

    def attributed(
        self, namespace: Namespace, has_elsewhere: Callable[[str], bool] = lambda _: False
    ) -> Namespace:
        """The namespace with the ids of the cells in the runs that they made.

        `has_elsewhere` says of a text whether another notebook has a cell with it. Returns the same
        object as long as nothing changed, and the namespace itself where there is nothing to add.
        """
        if not self._is_shown:
            return namespace
        if namespace.generation != self._generation:
            self._forget_runs(namespace.generation)
        for run in namespace.running_untagged:
            self._find_expected(run)
        for run in namespace.other_runs:
            if run.execution_count is None:
                continue  # restored imports, even if they are the whole text of a cell
            if not self._find_expected(run):
                makers = self._cells_with(run.source)
                is_elsewhere = bool(makers) and has_elsewhere(run.source)
                self._makers[run.serial] = (*makers, "") if is_elsewhere else makers
            elif run.serial in self._found:
                cell_id = self._found.pop(run.serial)
                self._over.update([cell_id] if cell_id in self._clients else [])
            if run.execution_count in self._new_counts:
                self._find_by_count(run)
        if self._texts_before:
            self._texts_before, self._with_text = {}, None
        while len(self._makers) > MOST_RUNS:
            del self._makers[next(iter(self._makers))]
        if not any(self._makers.values()):
            return namespace
        if self._seen is None or self._seen[0] is not namespace or self._seen[1] != self._makers:
            changed = dict(self._changed((*namespace.other_runs, *namespace.running_untagged)))
            result = with_runs(namespace, changed) if changed else namespace
            self._seen = namespace, dict(self._makers), result
        return self._seen[2]

    def still_in_flight(self, cell_ids: Iterable[str], codes: Collection[str]) -> tuple[str, ...]:
        """Those of the cells in flight whose run is not over, or whose text is among the `codes`
        that run now: a client hears late, or never, of the end of a run that a server requested.
        """
        return tuple(
            it for it in cell_ids if it not in self._over or self._texts.get(it, "") in codes
        )

    def has_text(self, text: str) -> bool:
        """Whether one of the cells that are there has this text."""
        return bool(self._cells_with(text))

    def _forget_runs(self, generation: int) -> None:
        if self._generation:
            self._in_flight = {}
        self._generation = generation
        self._makers, self._found = {}, {}
        self._new_counts = {}
        self._started = {}
        self._old_counts = set(self._counts.items())

    def _find_expected(self, run: Run) -> bool:
        """Find the run among those that are expected. Returns whether its maker is known now."""
        if run.serial in self._makers:
            return True
        key = _key(run.source)
        started = (it for it in self._started if hash(key) in self._earlier[it])
        queued = (it for it, text in self._in_flight.items() if _key(text) == key)
        found = next(started, None)
        if found is not None:  # those that were started before it ran nothing
            order = list(self._started)
            self._started = dict.fromkeys(order[order.index(found) + 1 :])
        found = found or next(queued, None)
        if found is None:
            return False
        self._makers[run.serial] = (found,)
        if self._in_flight.pop(found, None) is not None:
            self._found[run.serial] = found
        return True

    def _cells_with(self, text: str) -> Makers:
        if self._with_text is None:
            found: defaultdict[str, dict[str, None]] = defaultdict(dict)
            for cell_id, it in (*self._texts.items(), *self._texts_before.items()):
                found[_key(it)][cell_id] = None
            self._with_text = {key: tuple(ids) for key, ids in found.items() if key.strip()}
        return self._with_text.get(_key(text), ())

    def _find_by_count(self, run: Run) -> None:
        """The count of the run appeared in a cell, which has, or had, the text of the run."""
        cell_id = self._new_counts[run.execution_count or 0]
        if hash(_key(run.source)) in self._earlier.get(cell_id, ()):
            self._makers[run.serial] = (cell_id,)

    def _changed(self, runs: Iterable[Run]) -> Iterable[tuple[int, Run]]:
        for run in runs:
            makers = self._makers.get(run.serial, ())
            if len(makers) == 1:
                yield run.serial, replace(run, cell_id=makers[0])
            elif makers:
                yield run.serial, replace(run, may_be_of=makers)


def _key(text: str) -> str:
    """The text without the line breaks around it, which IPython's history does not keep."""
    return text.strip("\n")
