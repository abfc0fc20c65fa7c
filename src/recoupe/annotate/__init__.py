"""Annotators work inside one article. One file or folder per layer; the order follows from what each needs."""

from .blocks import Blocks
from .claims import Claims
from .draft import Annotator, Draft
from .events import Events
from .figures import Figures
from .names import Names
from .parse import Parser
from .pipeline import annotate
from .times import Times

ANNOTATORS: tuple[Annotator, ...] = (Blocks(), Times(), Names(), Claims(), Events(), Figures())

__all__ = ["ANNOTATORS", "Annotator", "Draft", "Parser", "annotate"]
