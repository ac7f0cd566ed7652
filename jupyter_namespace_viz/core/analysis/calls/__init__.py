"""What runs when a function is called, or a member of an object is used?"""
