"""What does a kernel hold, by what its probe has told?"""
