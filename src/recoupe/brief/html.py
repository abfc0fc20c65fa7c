"""The account as one HTML file: its style inside, no script, nothing fetched, every line linked to the marked words."""

import base64
import functools
import hashlib
import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..lang import LanguagePack
from ..model import harmless
from ..model.records import TEXT_KINDS
from . import map as maps
from . import plot, timeline, truce_bar
from .marks import Anchors, marked, rules
from .model import (
    Account,
    ArticleView,
    Chart,
    Disagreement,
    FigureTable,
    FirstSource,
    Folded,
    Line,
    Link,
    Moment,
    Paragraph,
    Point,
    Settled,
    StoryAccount,
    Support,
    TruceView,
)
from .outline import held, made_of
from .wording import carried, folded, settled, supported

# This many rows of figures are read before one stops reading.
ROWS = 9
TEMPLATES = Path(__file__).parent / "templates"


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def shown(value: Any) -> Any:
    """A value as it goes into a page: what a stranger's text does to the direction of reading ends with it."""
    return harmless.closed(value) if type(value) is str else value


def render(account: Account, pack: LanguagePack) -> str:
    """The whole page. It opens from a file and asks the network for nothing."""
    writer = Writer(account, pack)
    environment = _environment()
    body = environment.get_template("body.html").render(account=account, w=writer, say=writer.say)
    style = (TEMPLATES / "brief.css").read_text(encoding="utf-8") + rules(writer.anchors.split)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The icon is empty so that no browser asks the server of a page for one.
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    title = account.stories[0].title if len(account.stories) == 1 else writer.say("head.account")
    page = environment.get_template("page.html")
    return page.render(lang=pack.code, title=title, policy=policy, style=Markup(style), body=Markup(body))


class Writer:
    """What the templates ask for: phrases, anchors, marked texts and drawings."""

    def __init__(self, account: Account, pack: LanguagePack) -> None:
        self.account, self.pack = account, pack
        self.anchors = Anchors()
        self.articles = {article.number: article for article in account.articles}
        self._drawings = itertools.count(1)
        self._explained = False

    def say(self, key: str, **values: object) -> str:
        """A phrase of this room."""
        return self.pack.phrase(f"brief.{key}", **values)

    def to(self, link: Link) -> str:
        """Where a cited passage is read."""
        return f"#{self.anchors.passage(link)}"

    def home(self, number: int) -> str:
        """Where an article is read."""
        return f"#a{number}"

    def support(self, support: Support) -> str:
        return supported(support, self.pack)

    def sources(self, line: Line) -> str:
        """The first sources, where the line itself does not name them all."""
        names = [name for name in line.support.first_sources if name.lower() not in line.text.lower()]
        if not names:
            return ""
        listed = self.pack.phrase("brief.between").join(line.support.first_sources)
        return self.say("support.first", n=len(line.support.first_sources), names=listed)

    def only(self, numbers: Sequence[int]) -> str:
        """The language of some articles where they share one."""
        langs = {self.articles[number].lang for number in numbers if number in self.articles}
        return langs.pop() if len(langs) == 1 else ""

    def fold(self, tables: Sequence[FigureTable]) -> tuple[list[FigureTable], list[FigureTable]]:
        """The tables that are shown at once, and those that are folded."""
        shown, rows = 0, 0
        for table in tables:
            if shown and (table.minor or rows + len(table.rows) > ROWS):
                break
            shown, rows = shown + 1, rows + len(table.rows)
        return list(tables[:shown]), list(tables[shown:])

    def made_of(self, story: StoryAccount) -> str:
        """How many articles a story has, and how many texts they are."""
        return made_of(story, self.pack)

    def held(self) -> str:
        """How many stories, articles and texts the page tells of, and when the articles were last read."""
        return held(self.account, self.pack)

    def folded(self, origin: Folded) -> str:
        """Why articles count as one text, or that they share passages."""
        return folded(origin, self.pack)

    def carried(self, source: FirstSource, texts: Sequence[Folded]) -> str:
        """Which texts go back to a first source, with their articles."""
        return carried(source, texts, self.pack)

    def chart(self, chart: Chart) -> str:
        """Figures over time by source."""
        return plot.render(chart, self.pack, self.to, f"plot{next(self._drawings)}")

    def legend(self) -> str:
        """How charts are read, under the first of a page."""
        told, self._explained = "" if self._explained else self.say("chart.legend"), True
        return told

    def letter(self, series: int) -> str:
        """What a source is called in a chart."""
        return plot.letter(series)

    def bar(self, truce: TruceView) -> str:
        """A truce's window with the incidents alleged."""
        return truce_bar.render(truce, self.pack, self.to, f"bar{next(self._drawings)}")

    def clusters(self, points: Sequence[Point]) -> list[list[int]]:
        """The places by the mark that they share on the map."""
        return maps.clusters(points)

    def matrix(self, story: StoryAccount) -> tuple[list[str], dict[str, dict[str, list[Line]]]]:
        """Those whom the sources speak of, and by source and by these what is said."""
        rows: dict[str, dict[str, list[Line]]] = {}
        for one in story.exchanges:
            rows.setdefault(one.who, {}).setdefault(one.whom, []).append(one.line)
        columns = Counter(one.whom for one in story.exchanges for _ in one.line.refs)
        return [whom for whom, _ in columns.most_common()], rows

    def unsourced(self, story: StoryAccount) -> list[int]:
        """The texts (numbers from 1) that go back to no first source of the facts that are told."""
        told = {i for source in story.sources for i in source.texts}
        return [i for i in range(1, len(story.origins) + 1) if i not in told]

    def tools(self, dispute: Disagreement) -> Markup:
        """What a reader may do with a dispute: nothing, in a file."""
        return Markup()

    def settled(self, one: Settled) -> str:
        """Who holds a dispute for settled, and why."""
        return settled(one, self.pack)

    def strip(self, moments: Sequence[Moment], anchors: Sequence[str]) -> str:
        return timeline.render(moments, self.pack, anchors)

    def map(self, points: Sequence[Point], anchors: Sequence[str]) -> str:
        from ..places import near

        view = maps.view_of(points)
        return maps.render(points, near(*view.box) if view else (), self.pack, anchors)

    def address(self, article: ArticleView) -> str:
        """The article's address where it is one that a browser may open."""
        return harmless.address(article.url)

    def own(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is the article's own text and no leftover of the page."""
        return paragraph.kind in TEXT_KINDS

    def text(self, article: ArticleView, paragraph: Paragraph) -> Markup:
        """A paragraph with its cited passages marked."""
        marks = self.anchors.marks(article.doc)
        return marked(
            article.text, (paragraph.start, paragraph.end), marks, self.anchors, self.pack.phrase("brief.page.back")
        )
