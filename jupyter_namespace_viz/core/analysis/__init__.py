"""What does one cell define, use and delete?"""
