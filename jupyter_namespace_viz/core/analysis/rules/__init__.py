"""What does each kind of statement and expression do to names?"""
