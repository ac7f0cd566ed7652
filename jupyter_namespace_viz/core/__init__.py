"""What does each cell need, what does the kernel hold, and what follows? Pure functions, no I/O."""
