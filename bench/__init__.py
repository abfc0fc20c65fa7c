"""Scores with floors, and speed against peers."""
