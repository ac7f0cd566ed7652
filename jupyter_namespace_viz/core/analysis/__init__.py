"""Which names does one cell define, use and delete?"""
