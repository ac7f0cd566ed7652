"""Which cells are to be run, and in which order?"""
