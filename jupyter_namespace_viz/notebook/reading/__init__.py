"""How are texts read that are so long that reading them would delay others?"""
