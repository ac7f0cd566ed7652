"""What does `jupyter namespace-viz` do in a terminal? A folder per command."""
