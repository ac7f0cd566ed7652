"""What do lists, dicts and tuples hold, and what is done with their parts?"""
