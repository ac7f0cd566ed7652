"""Where do imports look after changes that cells make?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.imports.change_types import SearchChange
from jupyter_namespace_viz.core.imports.failing_imports import UNCHANGED, SearchState
from jupyter_namespace_viz.core.imports.path_values import resolved
from jupyter_namespace_viz.core.imports.search_changes import search_changes


def after_change(state: SearchState, change: SearchChange) -> SearchState:
    """Where imports look after the change. One that may not happen is taken to happen, where that
    can only let more imports succeed."""
    path = resolved(change.value, state.folder)
    match change.kind:
        case "before":
            return replace(state, before=(path, *state.before))
        case "after":
            return replace(state, after=(*state.after, path))
        case "folder" if change.certain:
            return replace(state, folder=path)
        case "folder":
            return replace(state, after=(*state.after, path))
        case "module":
            modules, blocked = state.modules | {change.value}, state.blocked - {change.value}
            return replace(state, modules=modules, blocked=blocked)
        case "blocked" if change.certain:
            return replace(state, blocked=state.blocked | {change.value})
        case "blocked":
            return state
        case "released":
            return replace(state, blocked=state.blocked - {change.value})
        case "file" if path.endswith(".py"):
            text = change.text if change.certain else None
            others = tuple(it for it in state.files if it[0] != path)
            return replace(state, files=(*others, (path, text)))
    return replace(state, is_open=True)


def added_folders(sources: Iterable[str]) -> tuple[str, ...]:
    """The folders in which the cells of these texts, run in order, let imports look besides: as
    paths from the notebook's folder."""
    state, found = UNCHANGED, dict[str, None]()
    known: Mapping[str, str] = {}
    for source in sources:
        changes, known = search_changes(source, known)
        for change in changes:
            state = after_change(state, change)
            found |= dict.fromkeys((*state.before, state.folder, *state.after))
    found.pop(".", None)
    return tuple(found)
