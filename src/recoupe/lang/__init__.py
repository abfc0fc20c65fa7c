"""A language is a folder: adding one touches nothing else."""

from .pack import DEFAULT, LanguagePack, available, pack

__all__ = ["DEFAULT", "LanguagePack", "available", "pack"]
