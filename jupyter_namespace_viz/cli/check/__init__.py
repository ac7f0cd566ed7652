"""What would Restart & Run All raise? `jupyter namespace-viz check` answers without running it."""
