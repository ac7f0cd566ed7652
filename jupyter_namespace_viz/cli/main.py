"""Which commands does `jupyter namespace-viz` have?"""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path

import click

GARBAGE_SEARCHES = (50_000, 50, 50)
"""When Python searches for garbage. The reading of notebooks leaves hardly any, and the searches
took a seventh of the time of `check`."""

COMMANDS = ("names", "check", "graph", "live", "mcp")


class _LazyCommands(click.Group):
    """Imports a command when it is asked for: most of the time of a start are imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - passed by click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"jupyter_namespace_viz.cli.{cmd_name}.command")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(
    cls=_LazyCommands,
    name="jupyter namespace-viz",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="jupyter_namespace_viz")
@click.pass_context
def main(context: click.Context) -> None:
    """Show which notebook cells provide and need which names.

    The table [tool.namespace-viz] of a pyproject.toml file sets options: those of a command without
    their dashes, such as exclude = ["drafts/"].
    """
    from jupyter_namespace_viz.cli.configuration import defaults  # noqa: PLC0415 - --version

    gc.set_threshold(*GARBAGE_SEARCHES)
    context.default_map = defaults(Path.cwd())
