"""What has the kernel said about modules, and about where imports look?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jupyter_namespace_viz.core.kernel_state.namespace import ModuleAnswer


class KnownModules:
    """The kernel's answers on modules and star imports, its `sys.path` and its folder."""

    def __init__(self) -> None:
        self.answers: dict[str, ModuleAnswer] = {}
        self.star_names: dict[str, frozenset[str]] = {}
        self.paths: tuple[str, ...] = ()
        self.folder = ""

    def of_next_process(self) -> KnownModules:
        """What is assumed of the kernel's next process until it is asked: nothing is loaded."""
        known = KnownModules()
        known.answers = {
            name: replace(it, loaded_as=None, changed=(), gone=False, reloads=False, mark=0)
            for name, it in self.answers.items()
        }
        known.paths = self.paths
        known.folder = self.folder
        return known

    def add_answers(self, answers: Mapping[str, ModuleAnswer]) -> bool:
        """Add answers on modules; returns whether one of them is new."""
        news = {name: it for name, it in answers.items() if self.answers.get(name) != it}
        self.answers.update(news)
        return bool(news)

    def add_stars(
        self, given: Mapping[str, frozenset[str]], paths: tuple[str, ...], folder: str
    ) -> bool:
        """Add what star imports bind, and where imports look; returns whether any of it is new."""
        news = {name: it for name, it in given.items() if self.star_names.get(name) != it}
        is_elsewhere = (paths, folder) != (self.paths, self.folder)
        self.star_names.update(news)
        self.paths = paths
        self.folder = folder
        return bool(news) or is_elsewhere
