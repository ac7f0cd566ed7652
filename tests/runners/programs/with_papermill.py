"""Runs the notebook in the kernel of the connection file, with papermill: FILE NOTEBOOK."""

from __future__ import annotations

import os
import sys

import papermill  # type: ignore[import-not-found]

from tests.runners.programs.live_kernel import LiveKernel

os.environ["LIVE_KERNEL"], notebook = sys.argv[1:]
papermill.execute_notebook(
    notebook, None, kernel_manager_class=LiveKernel, progress_bar=False, kernel_name="python3"
)
