"""Would each cell run now, and if not, why?"""
