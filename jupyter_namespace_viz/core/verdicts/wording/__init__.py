"""Which sentences explain the verdicts?"""
