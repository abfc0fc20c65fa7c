"""The account in a terminal."""

import io

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from ..lang import LanguagePack
from ..model.harmless import plain
from .model import Account, ArticleView
from .outline import Entry, entries, foot
from .wording import Parts

STYLES = {"words": "italic", "quote": "italic", "name": "bold", "act": "bold cyan", "note": "dim"}
BULLET = "· "
# On a console narrower than this, lines are folded at this width.
NARROWEST = 20


def render(account: Account, pack: LanguagePack, width: int = 100) -> str:
    """The account as plain text of a given width."""
    console = Console(file=io.StringIO(), width=width, color_system=None, force_terminal=False)
    with console.capture() as caught:
        show(account, pack, console)
    return caught.get()


def show(account: Account, pack: LanguagePack, console: Console) -> None:
    """Writes the account to a console."""
    for entry in entries(account, pack):
        _entry(entry, pack, console)
    console.print(Rule(style="dim"), soft_wrap=False)
    wrapped(console, Text(pack.phrase("brief.head.articles"), style="bold"))
    for article in account.articles:
        wrapped(console, _article(article, pack))


def sentence(parts: Parts) -> Text:
    """A sentence with its styles; brackets of an article are no markup here."""
    found = Text()
    for part in parts:
        found.append(plain(part.text), style=STYLES.get(part.kind))
    return found


def _entry(entry: Entry, pack: LanguagePack, console: Console) -> None:
    text = sentence(entry.parts)
    if entry.kind == "story":
        console.print(Rule(style="dim"), soft_wrap=False)
        wrapped(console, Text(text.plain, style="bold"))
    elif entry.kind == "part":
        console.print()
        wrapped(console, Text(text.plain, style="bold cyan"))
    elif entry.kind == "head":
        console.print()
        wrapped(console, Text(text.plain, style="bold"), 2)
    elif entry.kind in ("text", "folded"):
        wrapped(console, Text(text.plain, style="dim"), 2)
    else:
        told = Text()
        if entry.lead:
            told.append(f"{plain(entry.lead)} — ", style="bold")
        told.append_text(text)
        wrapped(console, told, 2 + 2 * entry.depth, BULLET)
        if entry.line is not None:
            below = Text(plain(foot(entry.line, pack)), style="dim")
            wrapped(console, below, 4 + 2 * entry.depth)


def wrapped(console: Console, text: Text, indent: int = 0, mark: str = "") -> None:
    """Text broken at words to the console's width: it goes on below and never past the edge, piped or not."""
    width = max(console.width - indent - len(mark), NARROWEST)
    for i, row in enumerate(text.wrap(console, width, overflow="fold")):
        row.rstrip()
        console.print(Text(" " * indent + (mark if i == 0 else " " * len(mark))).append_text(row), soft_wrap=True)


def _article(article: ArticleView, pack: LanguagePack) -> Text:
    about = [article.outlet, article.published, article.doc, article.url]
    if article.translated:
        about.append(pack.phrase("brief.page.translated"))
    text = Text(f"{article.number:>3} ", style="bold cyan")
    text.append(plain(article.title))
    text.append("  " + plain(" · ".join(one for one in about if one)), style="dim")
    return text
