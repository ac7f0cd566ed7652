"""Runs the notebook in the kernel of the connection file, with nbclient: FILE NOTEBOOK."""

from __future__ import annotations

import os
import sys

import nbformat
from nbclient import NotebookClient

from tests.runners.programs.live_kernel import LiveKernel

os.environ["LIVE_KERNEL"], notebook = sys.argv[1:]
NotebookClient(nbformat.read(notebook, as_version=4), kernel_manager_class=LiveKernel).execute()
