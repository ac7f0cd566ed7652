"""How is a notebook file read?"""
