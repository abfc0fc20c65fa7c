"""The account in a terminal."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from ..lang import LanguagePack
from .model import Account, ArticleView
from .outline import Entry, entries, foot
from .wording import Parts

STYLES = {"words": "italic", "quote": "italic", "name": "bold", "act": "bold cyan", "note": "dim"}
# Control characters of an article (escape sequences) must not reach the terminal.
CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")


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
    console.print(Rule(pack.phrase("brief.head.articles"), style="dim", align="left"), soft_wrap=False)
    for article in account.articles:
        console.print(_article(article, pack), soft_wrap=False)


def plain(text: str) -> str:
    """Text without control characters."""
    return text.translate(CONTROL)


def sentence(parts: Parts) -> Text:
    """A sentence with its styles; brackets of an article are no markup here."""
    found = Text()
    for part in parts:
        found.append(plain(part.text), style=STYLES.get(part.kind))
    return found


def _entry(entry: Entry, pack: LanguagePack, console: Console) -> None:
    text = sentence(entry.parts)
    if entry.kind == "story":
        console.print()
        console.print(Rule(Text(text.plain, style="bold"), align="left"), soft_wrap=False)
    elif entry.kind == "part":
        console.print()
        console.print(Text(text.plain, style="bold cyan"), soft_wrap=False)
    elif entry.kind == "head":
        console.print(Padding(Text(text.plain, style="bold"), (1, 0, 0, 2)), soft_wrap=False)
    elif entry.kind in ("text", "folded"):
        console.print(Padding(Text(text.plain, style="dim"), (0, 0, 0, 2)), soft_wrap=False)
    else:
        told = Text()
        if entry.lead:
            told.append(f"{plain(entry.lead)} — ", style="bold")
        told.append_text(text)
        console.print(Padding(told, (0, 0, 0, 2 + 2 * entry.depth)), soft_wrap=False)
        if entry.line is not None:
            below = Text(plain(foot(entry.line, pack)), style="dim")
            console.print(Padding(below, (0, 0, 0, 4 + 2 * entry.depth)), soft_wrap=False)


def _article(article: ArticleView, pack: LanguagePack) -> Text:
    about = [article.outlet, article.published, article.doc, article.url]
    if article.translated:
        about.append(pack.phrase("brief.page.translated"))
    text = Text(f"{article.number:>3} ", style="bold cyan")
    text.append(plain(article.title))
    text.append("  " + plain(" · ".join(one for one in about if one)), style="dim")
    return text
