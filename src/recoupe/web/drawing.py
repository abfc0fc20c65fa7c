"""How the account of a story is drawn for a page of the desk, and the templates of all pages."""

import functools
import secrets
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup

from ..brief.html import TEMPLATES, Writer, shown
from ..brief.model import Account, Disagreement, Link
from ..lang import LanguagePack
from ..model.harmless import address

HERE = Path(__file__).parent / "templates"
# Where the token of the reader's form goes in an account that is drawn for all readers; no article can hold it.
HOLE = secrets.token_hex(16)


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of the pages, and those of the brief that they use."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([HERE, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["address"] = address
    made.filters["zipped"] = lambda values: [(value, value) for value in values]
    made.filters["query"] = lambda values, page: urlencode({**values, "page": page})
    return made


def compiled() -> None:
    """Has all templates ready: the first reader of each page would wait for it else."""
    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)


def article_url(doc: str, span: tuple[int, int] | None = None, as_of: str = "") -> str:
    """Where an article is read, at a passage; with `as_of` in the version of that time."""
    asked = {"at": f"{span[0]}-{span[1]}"} if span else {}
    asked |= {"as_of": as_of} if as_of else {}
    return f"/article/{quote(doc, safe='')}{'?' + urlencode(asked) if asked else ''}{'#at' if span else ''}"


class StoryWriter(Writer):
    """The account of a story whose passages are read on the pages of the articles, whose disputes can be settled."""

    def __init__(self, account: Account, pack: LanguagePack, story: str) -> None:
        super().__init__(account, pack)
        self.story = story

    def to(self, link: Link) -> str:
        """Where a cited passage is read."""
        return article_url(link.doc, (link.start, link.end))

    def home(self, number: int) -> str:
        """Where an article is read."""
        return article_url(self.articles[number].doc)

    def tools(self, dispute: Disagreement) -> Markup:
        """The form by which a person settles a dispute."""
        if not dispute.ids:
            return Markup()
        form = environment().get_template("care.html").module.settle  # type: ignore[attr-defined]
        care, say = (functools.partial(_phrase, self.pack, room) for room in ("care", "web"))
        return Markup(form(care, say, HOLE, f"/story/{self.story}", dispute.ids[0], bool(dispute.settled)))


def _phrase(pack: LanguagePack, room: str, key: str, **values: object) -> str:
    return pack.phrase(f"{room}.{key}", **values)


def drawn(account: Account, pack: LanguagePack, story: str) -> str:
    """The account of a story as a page has it, the same for all readers, but for the token of their forms (`HOLE`)."""
    writer = StoryWriter(account, pack, story)
    told = environment().get_template("story.html").module.story  # type: ignore[attr-defined]
    return str(told(writer, writer.say, account.stories[0], 1, 1))
