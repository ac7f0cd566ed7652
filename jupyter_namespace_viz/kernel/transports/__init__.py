"""How do messages reach a kernel and come back?"""
