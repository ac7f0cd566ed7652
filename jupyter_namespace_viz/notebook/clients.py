"""What did the clients of one notebook do in its kernel, and what did others?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.notebooks import NotebookHistory
from jupyter_namespace_viz.core.verdicts.context import NotebookClients
from jupyter_namespace_viz.kernel.link import KernelLink
from jupyter_namespace_viz.kernel.view import KernelView


def clients_of(
    link: KernelLink | None,
    history: NotebookHistory | None,
    order: Sequence[str],
    in_flight: tuple[str, ...],
    not_code: frozenset[str] = frozenset(),
) -> NotebookClients:
    """What is known of the clients that show these cells now, or showed the notebook before."""
    history = history or NotebookHistory()
    return NotebookClients(
        in_flight,
        history.deleted(order),
        frozenset(history.clients),
        is_alone=link is not None and link.notebooks.has_only(history),
        neighbours=dict(history.neighbours),
        not_code=not_code,
    )


def own_view(link: KernelLink, history: NotebookHistory) -> KernelView:
    """The view of the kernel for one notebook: copies of it have the same cell ids."""
    view = link.view
    others = link.notebooks.clients_of_others(history)
    namespace = history.namespace_of(view.namespace, others, view.running_clients)
    return view if namespace is view.namespace else replace(view, namespace=namespace)
