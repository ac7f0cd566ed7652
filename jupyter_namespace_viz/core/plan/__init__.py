"""Which cells should run, and in which order?"""
