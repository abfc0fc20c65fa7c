"""The account as a Word document."""

import io

from docx import Document
from docx.text.paragraph import Paragraph

from ..lang import LanguagePack
from ..model.harmless import closed
from .model import Account
from .outline import entries, foot
from .wording import Parts

STYLES = {"story": "Heading 1", "part": "Heading 2", "head": "Heading 3"}
# What XML cannot hold, though an article's bytes can.
FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def render(account: Account, pack: LanguagePack) -> bytes:
    """The file's bytes: the articles' words in italics, below every sentence what it rests on."""
    document, say = Document(), pack.phrase
    document.core_properties.title = say("brief.head.account")
    document.add_heading(say("brief.head.account"), 0)
    document.add_paragraph(say("brief.page.reading"))
    for entry in entries(account, pack):
        style = STYLES.get(entry.kind, "List Bullet" if entry.line else "Normal")
        paragraph = document.add_paragraph(style=style)
        if entry.lead:
            paragraph.add_run(f"{clean(entry.lead)} — ").bold = True
        _runs(paragraph, entry.parts)
        if entry.line:
            paragraph.add_run(f"\n{clean(foot(entry.line, pack))}").italic = False
    document.add_heading(say("brief.head.articles"), 1)
    for article in account.articles:
        told = (article.title, article.outlet, article.published, article.doc, article.url)
        document.add_paragraph(clean(f"{article.number}. " + " · ".join(part for part in told if part)))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _runs(paragraph: Paragraph, parts: Parts) -> None:
    for part in parts:
        run = paragraph.add_run(clean(part.text))
        run.italic = part.kind in ("words", "quote")
        run.bold = part.kind in ("name", "act")


def clean(text: str) -> str:
    """Text without the characters that XML forbids, and with an end to each change of direction."""
    return closed("".join(c for c in text.translate(FORBIDDEN) if not 0xD800 <= ord(c) <= 0xDFFF))
