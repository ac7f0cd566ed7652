"""How are cells to be read beside this kernel, and how those that would delay others?"""
