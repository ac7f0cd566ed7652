"""What did the clients of one notebook do in its kernel, and what did others?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from jupyter_namespace_viz.core.analysis.cell_names import Cell
from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.core.kernel_state.untagged_runs.ledger import UntaggedRuns
from jupyter_namespace_viz.core.sentences import sentence
from jupyter_namespace_viz.core.verdicts.context import NO_CLIENTS, NotebookClients
from jupyter_namespace_viz.kernel.link import KernelLink, date_of
from jupyter_namespace_viz.kernel.view import KernelView


class CellsInFlight:
    """The cells that a panel has sent to the kernel, which has yet to run them.

    The panel may know that a run is over before the link has taken what the run did: until then the
    cell counts as in flight. Where the kernel died, the panel hears seconds after the link that its
    queue is lost.
    """

    def __init__(self) -> None:
        self._ids: Sequence[str] = ()
        self._ended: dict[str, datetime] = {}
        self._generation: int | None = None
        self._lost: frozenset[str] = frozenset()

    def update(self, cell_ids: Sequence[str], ended_at: str | None) -> None:
        """Take the cells in flight now, and the date of the message that the last run is over."""
        date = date_of(ended_at)
        ended = self._ended if date is None else dict.fromkeys(self._ids, date) | self._ended
        self._ended = {it: ended[it] for it in ended if it not in cell_ids}
        self._ids = tuple(cell_ids)
        self._lost = self._lost.intersection(cell_ids)

    def forget_ended(self) -> None:
        """The notebook has another kernel."""
        self._ended, self._generation = {}, None

    def for_link(self, link: KernelLink | None) -> tuple[str, ...]:
        """The cells in flight at the message of the kernel that the link has taken last."""
        self._ended = {
            cell_id: date
            for cell_id, date in self._ended.items()
            if link is not None and not link.has_heard_until(date)
        }
        if link is not None:
            self._follow(link.view)
        return tuple(it for it in (*self._ended, *self._ids) if it not in self._lost)

    def _follow(self, kernel: KernelView) -> None:
        generation = kernel.namespace.generation
        if self._generation not in {None, generation}:
            self._ended = {}  # the link hears no more of the process that ran them
            if kernel.namespace.beginning == "died":
                self._lost = frozenset(self._ids)
        self._generation = generation


PATIENCE = 3.0
"""Seconds in which a kernel that has nothing else to do starts the next cell, also on a slow or
distant machine."""


class Timer(Protocol):
    """A call that is due later."""

    def cancel(self) -> None:
        """Do not make the call."""


class UnstartedCells:
    """Follows the kernel of one notebook, which starts the next cell in flight when it is idle.

    A kernel whose shell channel is stuck goes on answering over its control channel, so that it
    seems to be idle for ever. `later` makes a call after some seconds; `check_again` is called when
    `seen` gives another answer without a change of the kernel.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], Timer],
        check_again: Callable[[], None],
    ) -> None:
        self._later = later
        self._check_again = check_again
        self._next: tuple[int, str] | None = None
        self._are_left = False
        self._timer: Timer | None = None

    def seen(self, view: KernelView | None, in_flight: Sequence[str]) -> KernelView | None:
        """The kernel with these cells in flight; not responding where it leaves them."""
        next_one = None
        if view is not None and view.state == "idle" and in_flight:
            next_one = (view.namespace.generation, in_flight[0])
        if next_one != self._next:
            self._next, self._are_left = next_one, False
            self.close()
            if next_one is not None:
                self._timer = self._later(PATIENCE, self._leave)
        if view is None or not self._are_left:
            return view
        message = sentence("The kernel does not start the queued cells. If this lasts, restart it.")
        return replace(view, state="silent", message=message)

    def close(self) -> None:
        """Call nothing any more; safe to call twice."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _leave(self) -> None:
        self._are_left = True
        self._check_again()


class ShownCells:
    """What one panel shows of the cells, from which it follows which of them made a run that
    carries no cell id.
    """

    def __init__(self, untagged: UntaggedRuns) -> None:
        self._untagged = untagged
        self._in_flight: Sequence[str] = ()
        self._is_first = True

    def show(
        self,
        cells: Iterable[Cell],
        in_flight: Sequence[str],
        counts: Mapping[str, int | None],
    ) -> None:
        """Take the code cells, those of them that are in flight, and the counts that they show."""
        self._untagged.show({cell.id: cell.source for cell in cells})
        self._untagged.queue(in_flight, self._in_flight)
        self._untagged.show_counts(counts, is_first=self._is_first)
        self._in_flight, self._is_first = in_flight, False

    def close(self) -> None:
        """The panel shows the notebook no longer; safe to call twice."""
        self._untagged.queue((), self._in_flight)
        self._in_flight = ()


def clients_of(
    link: KernelLink | None,
    history: NotebookHistory | None,
    order: Sequence[str],
    in_flight: tuple[str, ...],
    not_code: frozenset[str] = frozenset(),
    deleted_queued: Mapping[str, str] = NO_CLIENTS.deleted_queued,
) -> NotebookClients:
    """What is known of the clients that show these cells now, or showed the notebook before."""
    history = history or NotebookHistory()
    codes = frozenset[str]() if link is None else link.view.running_codes
    return NotebookClients(
        history.untagged.still_in_flight(in_flight, codes),
        history.deleted(order),
        frozenset(history.clients),
        is_alone=link is not None and link.notebooks.has_only(history),
        neighbours=dict(history.neighbours),
        not_code=not_code,
        deleted_queued=deleted_queued,
    )


def own_view(
    link: KernelLink, history: NotebookHistory, untagged: UntaggedRuns | None = None
) -> KernelView:
    """The view of the kernel for one notebook: copies of it have the same cell ids, and runs that
    carry no cell id may be those of its cells, according to `untagged`, by default that of the
    history.
    """
    view, notebooks = link.view, link.notebooks
    others = notebooks.clients_of_others(history)
    namespace = history.namespace_of(view.namespace, others, view.running_clients)
    untagged = untagged or history.untagged
    namespace = untagged.attributed(namespace, partial(notebooks.has_elsewhere, history))
    return view if namespace is view.namespace else replace(view, namespace=namespace)


def view_without_panel(
    link: KernelLink, history: NotebookHistory, cells: Sequence[Cell]
) -> KernelView:
    """The same for cells that a program has sent: where no panel shows the notebook, these texts
    are those that ran.
    """
    untagged = history.untagged
    if not history.panels:
        untagged = untagged.with_texts({cell.id: cell.source for cell in cells})
    return own_view(link, history, untagged)
