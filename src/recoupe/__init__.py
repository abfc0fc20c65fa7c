"""Recoupe reads raw news articles on a running story and gives back a cross-checked account of it."""
