"""The cross-checked account of a set of articles, and its renderings: terminal, Markdown, JSON, one HTML file, Word."""

from .account import account
from .check import check
from .docx import render as as_docx
from .html import render as as_html
from .json import render as as_json
from .markdown import render as as_markdown
from .terminal import show as as_terminal

__all__ = ["account", "as_docx", "as_html", "as_json", "as_markdown", "as_terminal", "check"]
