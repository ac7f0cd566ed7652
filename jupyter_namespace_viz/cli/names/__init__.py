"""What does each cell define and need? `jupyter namespace-viz names` prints it."""
