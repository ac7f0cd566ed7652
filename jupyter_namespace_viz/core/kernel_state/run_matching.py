r"""Which run made what a cell contains, where the cell's id does not tell?

To split, merge, restore or reload cells gives them other ids or joins their texts, but changes
nothing in the kernel. The texts that ran tell which run each of them comes from:

    ran: c1 "x = 1\ny = 2"    after a split: c7 "x = 1", c1 "y = 2"
    ran: c1 "x = 1", c2 "y = 2"    after a merge: c1 "x = 1\n\ny = 2"
    ran: c1 "x = 1", which was deleted    restored: c7 "x = 1"
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.namespace import Namespace, Run
from jupyter_namespace_viz.core.kernel_state.run_texts import (
    can_stand_alone,
    code_of,
    first_line,
    ran_as_one,
    repeats_alone,
    rest_after,
    whole_and_rest,
)


@dataclass(frozen=True, slots=True)
class RunCells:
    """The cells that contain the text of one run, by index in document order. `rest` is the end of
    that text where none of them contains it, as the cell at `rest_index` was edited since.
    """

    indexes: tuple[int, ...]
    rest: str = ""
    rest_index: int | None = None


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MatchedRuns:
    """The runs that were matched by their texts, without those that ids and texts alone tell.

    `runs` maps the index of a cell to its run, as if the cell had run alone. `texts` maps it to the
    texts that ran: none for the second and further parts of a text that ran as one. `cells` maps
    the serial of a run to the cells that contain its text.
    """

    runs: Mapping[int, Run] = field(default_factory=_nothing)
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=_nothing)
    cells: Mapping[int, RunCells] = field(default_factory=_nothing)


ALL_BY_ID = MatchedRuns()

MOST_CANDIDATES = 16
"""How many texts that begin with the same line are compared with one cell or run."""


def match_runs(
    graph: DependencyGraph, namespace: Namespace, is_deleted: Callable[[Run], bool]
) -> MatchedRuns:
    """Match the cells that ids do not match; `is_deleted` says of the run of a cell that is not in
    the notebook whether it was in the notebook.
    """
    runs = namespace.runs
    if not runs:
        return ALL_BY_ID
    unmatched = {}
    for index, cell in enumerate(graph.cells):
        run = runs.get(cell.id)
        if (run is None or run.source != cell.source) and cell.source.strip():
            unmatched[index] = run
    if not unmatched:
        return ALL_BY_ID
    matcher = _Matcher(graph, namespace, is_deleted, unmatched)
    matcher.match_equal()
    matcher.match_merged()
    matcher.match_split()
    return MatchedRuns(matcher.runs, matcher.texts, matcher.cells)


class _Matcher:
    """Matches the cells in `unmatched`, with the last runs of their ids, if they have one."""

    def __init__(
        self,
        graph: DependencyGraph,
        namespace: Namespace,
        is_deleted: Callable[[Run], bool],
        unmatched: Mapping[int, Run | None],
    ) -> None:
        self.runs: dict[int, Run] = {}
        self.texts: dict[int, tuple[str, ...]] = {}
        self.cells: dict[int, RunCells] = {}
        self._graph = graph
        self._namespace = namespace
        self._unmatched = dict(unmatched)
        absent = (run for cell_id, run in namespace.runs.items() if cell_id not in graph.index_of)
        # By serial, the runs of deleted cells whose texts no cell is known to contain.
        self._deleted = {
            run.serial: run for run in sorted(absent, key=attrgetter("serial")) if is_deleted(run)
        }

    def match_equal(self) -> None:
        """Match the cells whose text is that of a run, or differs from it in blank lines only.

        Of several equal cells, the runs are those of the cells in document order.
        """
        deleted: dict[str, list[Run]] = defaultdict(list)
        for run in self._deleted.values():
            deleted[code_of(run.source)].append(run)
        found: dict[str, list[int]] = defaultdict(list)
        for index, own in list(self._unmatched.items()):
            code = code_of(self._source(index))
            if own is not None and code_of(own.source) == code:
                self._match([index], [own])
            elif own is None and code in deleted:
                found[code].append(index)
        for code, indexes in found.items():
            for index, run in zip(indexes, deleted[code][-len(indexes) :], strict=False):
                self._match([index], [run])

    def match_merged(self) -> None:
        """Match the cells whose text consists of the texts of several runs."""
        by_line: dict[str, list[Run]] = defaultdict(list)
        for run in self._deleted.values():
            by_line[first_line(run.source)].append(run)
        for index, last in list(self._unmatched.items()):
            parts = self._parts_of_merged(self._source(index), last, by_line)
            if len(parts) < 2 or not ran_as_one(parts, self._namespace.names, self._graph.read):
                parts = self._whole_and_rest(self._source(index), last)
            if parts:
                self._match([index], parts)

    def match_split(self) -> None:
        """Match the cells whose texts together are that of a run.

        The lowest of them keeps the cell's id; where it was edited since, those directly above it
        are matched all the same. Parts that ran again have runs of their own.
        """
        starts: dict[str, list[int]] = defaultdict(list)
        for index in range(len(self._graph.cells)):
            if self._unmatched.get(index) is None:
                starts[first_line(self._source(index))].append(index)
        for run in self._runs_of_split(starts):
            lowest = self._graph.index_of[run.cell_id or ""]
            begun = starts[first_line(run.source)]
            end = bisect_left(begun, lowest)
            for start in reversed(begun[max(0, end - MOST_CANDIDATES) : end]):
                parts = self._parts_between(run, start, lowest)
                if parts is not None:
                    self._match_parts(parts, run)
                    break
        for run in reversed(list(self._deleted.values())):
            begun = starts.get(first_line(run.source), [])
            for start in begun[:MOST_CANDIDATES]:
                indexes = self._parts_below(run, start)
                if indexes:
                    self._match(indexes, [run])
                    begun.remove(start)
                    break

    # --- merged cells

    def _parts_of_merged(
        self, source: str, last: Run | None, by_line: Mapping[str, Sequence[Run]]
    ) -> list[Run]:
        """The runs whose texts make up the source of a cell, in that order; empty where none do.

        They are runs of deleted cells, and the `last` of the cell itself, if it has run.
        """
        parts: list[Run] = []
        rest: str | None = source
        while rest:
            after = parts[-1].serial if parts else 0
            # The longest text first; of equal ones the earliest that ran after the part above.
            runs = [*by_line.get(first_line(rest), ())[-MOST_CANDIDATES:]]
            runs = [run for run in runs if run.serial in self._deleted]
            if last is not None:
                runs.append(last)
            runs = [run for run in runs if run.serial > after]
            for run in sorted(runs, key=lambda it: (-len(it.source), it.serial)):
                following = rest_after(rest, run.source)
                if following is not None and run.succeeded:
                    parts.append(run)
                    rest = following
                    break
            else:
                return []
        return parts if last is None or last in parts else []

    def _whole_and_rest(self, source: str, last: Run | None) -> list[Run]:
        """The run of the text as a whole, and that of its end alone, if this repeated what it had
        done; else, for a cell that has not run, the run of the whole.
        """
        former, names = self._namespace.former_runs, self._namespace.names
        rests = [*self._deleted.values()] if last is None else [last]
        found = whole_and_rest(source, former, reversed(rests))
        read = self._graph.read
        if found and ran_as_one(found, names, read) and repeats_alone(*found, names, read):
            return [*found]
        return [] if found is None or last is not None else [found[0]]

    # --- split cells

    def _runs_of_split(self, starts: Mapping[str, Sequence[int]]) -> Iterator[Run]:
        """The runs of cells that may have been split, the last first: their text is another now,
        and a cell that has not run begins as it did.

        The lower part may have run again since: names still tell of the run of the whole.
        """
        runs = {run.serial: run for run in self._unmatched.values() if run is not None}
        free_above = {index + 1 for indexes in starts.values() for index in indexes}
        cells = self._graph.cells
        ids = {cells[index].id for index in free_above if index < len(cells)}
        if not ids.isdisjoint(self._namespace.runs):
            runs |= {run.serial: run for run in self._namespace.former_runs if run.cell_id in ids}
        for serial in sorted(runs, reverse=True):
            run = runs[serial]
            is_whole = run.source == self._source(self._graph.index_of[run.cell_id or ""])
            if run.succeeded and not is_whole and first_line(run.source) in starts:
                yield run

    def _parts_between(self, run: Run, start: int, lowest: int) -> RunCells | None:
        """The cells from `start` to `lowest`, whose run it is, that contain its text; or None."""
        indexes = []
        rest = run.source
        for index in range(start, lowest):
            is_part = self._may_be_part(index) or self._has_run_since(index, run)
            following = rest_after(rest, self._source(index)) if is_part else None
            if following is not None:
                indexes.append(index)
                rest = following
        is_lowest_unedited = rest == self._source(lowest).strip("\n")
        is_split = is_lowest_unedited or indexes == list(range(start, lowest))
        if not indexes or not is_split or not can_stand_alone(rest, self._graph.read):
            return None
        if is_lowest_unedited and self._unmatched.get(lowest) is run:
            return RunCells((*indexes, lowest))
        if all(self._has_run_since(index, run) for index in indexes):
            return None
        return RunCells(tuple(indexes), rest, lowest if rest else None)

    def _has_run_since(self, index: int, run: Run) -> bool:
        """Whether the cell ran by itself, with the text that it has, after the run."""
        own = self._namespace.runs.get(self._graph.cells[index].id)
        return own is not None and own.serial > run.serial and own.source == self._source(index)

    def _parts_below(self, run: Run, start: int) -> list[int]:
        """The cells from `start` on that contain the text of the run; empty where they do not."""
        rest: str | None = run.source
        indexes: list[int] = []
        index = start
        while rest and run.succeeded and self._may_be_part(index):
            rest = rest_after(rest, self._source(index))
            indexes.append(index)
            index += 1
        return indexes if rest == "" else []

    def _may_be_part(self, index: int) -> bool:
        """Whether the cell may contain a part of a run: it has no run, and stands alone."""
        is_free = index in self._unmatched and self._unmatched[index] is None
        return is_free and can_stand_alone(self._source(index), self._graph.read)

    # --- what was found

    def _match(self, indexes: Sequence[int], runs: Sequence[Run]) -> None:
        """Note that these cells contain the texts of these runs; one of the two is a single one."""
        for index in indexes:
            cell = self._graph.cells[index]
            earlier = tuple(run.serial for run in runs[:-1])
            own = replace(runs[-1], cell_id=cell.id, source=cell.source, earlier=earlier)
            self.runs[index] = own
            is_first = index == indexes[0]
            self.texts[index] = tuple(run.source for run in runs) if is_first else ()
            self._unmatched.pop(index, None)
        for run in runs:
            self.cells[run.serial] = RunCells(tuple(indexes))
            self._deleted.pop(run.serial, None)

    def _match_parts(self, parts: RunCells, run: Run) -> None:
        """Note which cells contain the text of a run; those that ran again keep their own run."""
        own = [index for index in parts.indexes if not self._has_run_since(index, run)]
        self._match(own, [run])
        self.cells[run.serial] = parts
        if own[0] != parts.indexes[0]:  # each stands for its own text
            self.texts = {index: it for index, it in self.texts.items() if index not in own}

    def _source(self, index: int) -> str:
        return self._graph.cells[index].source
