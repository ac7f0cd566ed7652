"""How does the text of a cell become Python statements and magics?"""
