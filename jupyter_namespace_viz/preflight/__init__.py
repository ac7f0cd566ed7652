"""How do pytest, nbclient and papermill refuse notebooks that would raise, before they run?"""
