"""How does a notebook compare with its running kernel? `jupyter namespace-viz live` prints it."""
