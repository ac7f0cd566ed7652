"""How are notebook files found and read?"""
