"""What would Restart & Run All raise?"""
