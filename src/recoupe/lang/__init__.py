"""A language is a folder: adding one touches nothing else."""

from .choose import reader
from .pack import DEFAULT, LanguagePack, available, pack

__all__ = ["DEFAULT", "LanguagePack", "available", "pack", "reader"]
