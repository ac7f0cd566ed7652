"""Which modules is the kernel asked for, until the notebook is judged with all its answers?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol, TypeVar

from jupyter_namespace_viz.core.graph.dependency_graph import DependencyGraph
from jupyter_namespace_viz.core.kernel_state.module_answers import (
    modules_to_find,
    name_sources_to_find,
)
from jupyter_namespace_viz.kernel.link import KernelLink

MOST_ROUNDS = 4
"""How often one question asks the kernel for modules: those of the user import others."""


class ModuleQuestions(NamedTuple):
    """The modules, and the name sources as texts, that a kernel is asked for."""

    modules: frozenset[str]
    name_sources: frozenset[str]


class Judged(Protocol):
    """What is judged by a graph."""

    @property
    def graph(self) -> DependencyGraph:
        """The cells as they were read."""


J = TypeVar("J", bound=Judged)


def module_questions(graph: DependencyGraph, link: KernelLink) -> ModuleQuestions:
    """What this kernel has to be asked for, for the cells of this graph."""
    modules = modules_to_find(graph, link.view.namespace)
    return ModuleQuestions(modules, name_sources_to_find(graph))


async def judged_with_answers(
    link: KernelLink, judge: Callable[[], Awaitable[J]], asked: ModuleQuestions | None = None
) -> J:
    """What `judge` returns once the kernel was asked for all that follows from its answers before,
    MOST_ROUNDS times at most; `asked` is what it was asked for already.
    """
    judged = await judge()
    for _ in range(MOST_ROUNDS):
        questions = module_questions(judged.graph, link)
        if questions == asked:
            break
        await link.find_modules(*questions)
        asked, judged = questions, await judge()
    return judged
