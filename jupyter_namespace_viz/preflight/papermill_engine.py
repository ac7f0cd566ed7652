"""How does papermill refuse a notebook that would raise? `papermill --engine namespace-viz`."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine

from jupyter_namespace_viz.preflight.whole_runs import refuse_what_would_raise


class PreflightEngine(NBClientEngine):  # type: ignore[misc] # papermill has no types
    """Papermill's own engine, which begins no run that would certainly end with an error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run the notebook, with its parameters; raises WouldRaise before any cell has run.

        Papermill ends with each error, also of a cell with the tag `raises-exception`.
        """
        refuse_what_would_raise(nb_man.nb, kernel_name=kernel_name, may_raise=False)
        return super().execute_managed_notebook(nb_man, kernel_name, **options)
