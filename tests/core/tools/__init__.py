"""What do the tests and benchmarks of the core share? No file here is a test.

`notebooks.py` writes tiny notebooks and the whole answers about them; `played_kernel.py` and
`played_stories.py` run cells without a kernel process; the others make difficult cells, and count
the work of reading them.
"""
