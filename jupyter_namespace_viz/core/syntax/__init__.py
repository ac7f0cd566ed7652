"""How is a cell's text parsed into Python statements and magics?"""
