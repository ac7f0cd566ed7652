"""What does the code of a module do with its names, apart from plain statements?"""
