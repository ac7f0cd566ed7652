"""What do the other cells, and earlier runs, add to the names of a cell?"""
