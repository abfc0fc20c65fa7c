"""The account as Markdown: the article's words in italics, every passage listed at the end with its offsets."""

import re

from ..lang import LanguagePack
from ..model.harmless import plain
from .model import Account, ArticleView, Link
from .outline import Entry, entries, foot
from .wording import Parts, cut

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^=:@-])")
# Among ordinary words these are no markup, and escaped they are hard to read.
HARMLESS = re.compile(r"(?<=\w)\\([-:])(?=[\w\s]|$)|(?<=\s)\\([:–-])(?=\s)|\\([()])")
# Renderers that follow GitHub make a link of it, without any mark.
BARE = re.compile(r"\b(www)\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """Text of others as plain Markdown text: nothing in it can start a link, a tag, a heading or a list."""
    flat = " ".join(plain(text).split())
    marked = SPECIAL.sub(r"\\\1", flat)
    marked = HARMLESS.sub(lambda m: m.group(1) or m.group(2) or m.group(3), marked)
    marked = re.sub(r"^(\d+)([.)])", r"\1\\\2", marked)
    return BARE.sub(r"\1\\.", marked)


def sentence(parts: Parts) -> str:
    """A sentence with its styles."""
    styles = {"words": "*", "quote": "*", "name": "**", "act": "**"}
    found = []
    for part in parts:
        text, style = escaped(part.text), styles.get(part.kind, "")
        left = " " if part.text[:1].isspace() else ""
        right = " " if part.text[-1:].isspace() and part.text.strip() else ""
        found.append(f"{left}{style}{text}{style}{right}" if text else left)
    return "".join(found)


def render(account: Account, pack: LanguagePack) -> str:
    """The account as Markdown text."""
    lines = [f"# {pack.phrase('brief.head.account')}", "", pack.phrase("brief.page.reading"), ""]
    links: dict[Link, None] = {}
    for entry in entries(account, pack):
        lines += _entry(entry, pack)
        for link in entry.line.links if entry.line else ():
            links.setdefault(link)
    lines += ["", f"## {pack.phrase('brief.head.articles')}", ""]
    for article in account.articles:
        lines += _article(article, pack)
    lines += ["", f"## {pack.phrase('brief.head.passages')}", ""]
    texts = {article.doc: article.text for article in account.articles}
    for link in sorted(links, key=lambda one: (one.number, one.start, one.end)):
        words = escaped(cut(texts[link.doc][link.start : link.end], pack, 400))
        lines.append(f"- \\[{link.number} §{link.paragraph}\\] {link.start}–{link.end} : *{words}*")
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, pack: LanguagePack) -> list[str]:
    text = sentence(entry.parts)
    if entry.kind == "story":
        return ["", f"## {text}", ""]
    if entry.kind == "part":
        return ["", f"### {text}", ""]
    if entry.kind == "head":
        return ["", f"#### {text}", ""]
    if entry.kind in ("text", "folded"):
        return ["", text, ""]
    lead = f"**{escaped(entry.lead)}** — " if entry.lead else ""
    below = f"  \n  {escaped(foot(entry.line, pack))}" if entry.line else ""
    return [f"- {lead}{text}{below}"]


def _article(article: ArticleView, pack: LanguagePack) -> list[str]:
    about = [article.outlet, pack.phrase("brief.page.published", day=article.published)]
    if article.deduced:
        about[-1] += f" {pack.phrase('brief.deduced.date')}"
    if article.translated:
        about.append(pack.phrase("brief.page.translated"))
    about += [article.doc, article.url]
    shown = " · ".join(escaped(one) for one in about if one)
    digest = pack.phrase("brief.page.bytes", sha256=article.sha256)
    # Without a title four stars would stand alone, which are a rule, and what is below them code.
    title = escaped(article.title) or escaped(article.doc)
    return [f"{article.number}. **{title}**  \n   {shown}  \n   {escaped(digest)}"]
