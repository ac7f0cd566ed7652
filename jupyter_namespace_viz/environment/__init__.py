"""What does a Python environment hold, found out without running its code?"""
