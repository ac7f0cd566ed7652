"""What does the kernel hold, and which cell made it?"""
