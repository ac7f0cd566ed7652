"""The pure core: what a cell needs, what the kernel holds, and what to do about it."""
