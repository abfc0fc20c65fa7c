"""The cross-checked account of a set of articles, made from their records by templates."""

from collections.abc import Collection, Sequence

from ..errors import RecoupeError
from ..lang import LanguagePack
from ..model.records import Annotated
from ..model.relations import Ref, Relations, Story
from .chronology import background, points, timeline
from .dates import day, instant, published
from .disputes import disagreements, disputed_figures, summed
from .figures import tables
from .index import Index
from .lead import ahead, denials, leads
from .model import Account, ArticleView, Disagreement, Folded, Line, Link, Paragraph, StoryAccount, TruceView
from .people import people
from .truces import declared, truces
from .wording import cut

# What a desk reads in two minutes: this many lead facts; the others follow, folded where a rendering can fold.
LEADS = 7
# Of these, at most this many truces and disputed numbers stand first.
TRUCES = COUNTS = 2
# The first words of an article without a title stand for it.
TITLE = 140
# A paragraph names the first of the articles that it shares words with.
SHARED = 3


def account(
    articles: Sequence[Annotated],
    relations: Relations,
    pack: LanguagePack,
    story: str | None = None,
    reviewed: Collection[Ref] = (),
) -> Account:
    """The account in the language of `pack`: of all stories, or of the one whose slug or id is `story`.

    `reviewed` are the records that a person has read; lines that rest on others are marked as found by the machine.
    Raises RecoupeError where there is no such story.
    """
    stories = [one for one in relations.stories if story is None or story in (one.story, one.id)]
    if story is not None and not stories:
        raise RecoupeError("brief.no_story", story=story)
    told = {doc for one in stories for doc in one.docs}
    shown = [one for one in articles if story is None or one.article.id in told]
    index = Index(shown, relations, pack, reviewed)
    views = [_story(index, one) for one in stories]
    views.sort(key=lambda one: (-one.texts, -len(one.numbers), one.story))
    return Account(
        lang=pack.code,
        stories=tuple(views),
        articles=tuple(_article(index, one) for one in index.articles),
        outside=tuple(index.numbers[one.article.id] for one in index.articles if one.article.id not in told),
        texts=_texts(index, list(index.by_id)),
        read=_last_read(index),
    )


def _last_read(index: Index) -> str:
    """The day on which the last of the articles was read; empty where none says."""
    moments = [moment for one in index.articles if (moment := instant(one.article.read)) is not None]
    return day(max(moments), index.reader) if moments else ""


def _story(index: Index, story: Story) -> StoryAccount:
    docs = [doc for doc in story.docs if doc in index.by_id]
    disputed, counted = disagreements(index, story), disputed_figures(index, story)
    answered = {ref for one in disputed for column in one.columns for each in column.lines for ref in each.refs}
    views, link_title = truces(index, story), _title(index, story)
    denied = {ref for one in disputed if one.kind != "number" for ref in one.question.refs}
    facts = _led(index, views, disputed, leads(index, story, denied))
    shown = {ref for one in facts[:LEADS] for ref in one.refs}
    dates = [index.by_id[doc].article.published or "" for doc in docs]
    near, far = background(timeline(index, story), dates)
    return StoryAccount(
        story=story.story,
        title=link_title[1],
        title_link=link_title[0],
        numbers=tuple(sorted(index.numbers[doc] for doc in docs)),
        origins=tuple(_origins(index, docs)),
        texts=_texts(index, docs),
        lead=tuple(facts[:LEADS]),
        more=tuple(facts[LEADS:]),
        truces=tuple(views),
        disputes=tuple(disputed),
        figures=tuple(tables(index, story, counted)),
        counted=len(counted),
        denials=tuple(one for one in denials(index, story) if not (answered | shown).issuperset(one.refs)),
        ahead=tuple(ahead(index, story)),
        timeline=tuple(near),
        background=tuple(far),
        points=tuple(points(index, story)),
        people=tuple(people(index, docs, answered | {ref for one in facts for ref in one.refs})),
    )


def _led(
    index: Index, views: Sequence[TruceView], disputed: Sequence[Disagreement], facts: Sequence[Line]
) -> list[Line]:
    """The lead: the truces that most texts tell of, then the numbers that stand against each other, then the facts
    that neither has told."""
    most = max((view.head.support.texts for view in views), default=0)
    central = [view for view in views if view.window.start or 2 * view.head.support.texts > most]
    heads = [declared(index, view) for view in central[:TRUCES]]
    late = [declared(index, view) for view in views if view not in central[:TRUCES]]
    numbers = [one for one in disputed if one.kind == "number"][:COUNTS]
    # Who ordered a truce, and in how many texts, its own line says; who counts how many, that of the numbers.
    ordered = {ref for view in views for row in view.answers if row.stance == "ordered" for ref in row.line.refs}
    counted = [link for one in numbers for column in one.columns for each in column.lines for link in each.links]
    told = [one for one in facts if not ordered.issuperset(one.refs) and not _told(one, counted)]
    again = [one for one in facts if not ordered.issuperset(one.refs) and _told(one, counted)]
    counts = [summed(index, one) for one in numbers]
    return [*heads, *counts, *told, *again, *late]


def _told(line: Line, links: Sequence[Link]) -> bool:
    """Whether the first words of a line are among some passages."""
    first = line.links[0]
    return any(one.doc == first.doc and one.start < first.end and first.start < one.end for one in links)


def _title(index: Index, story: Story) -> tuple[Link | None, str]:
    """A story's title is words of one of its articles; without any, its label."""
    if story.title_from and story.title_from[0] in index.by_id:
        doc, start, end = story.title_from
        return index.link(doc, (start, end)), story.title or " ".join(index.raw(doc, (start, end)).split())
    return None, story.title or story.story.replace("-", " ")


def _origins(index: Index, docs: Collection[str]) -> list[Folded]:
    """The articles of a story folded under the text they come from."""
    left, found = set(docs), []
    ranked = sorted(index.relations.origins, key=lambda one: (not one.sure, -len(one.docs), one.id))
    for origin in ranked:
        inside = [doc for doc in origin.docs if doc in left]
        if len(inside) > 1:
            left -= set(inside)
            numbers = tuple(sorted(index.numbers[doc] for doc in inside))
            found.append(
                Folded(numbers=numbers, sure=origin.sure, passages=_passages(index, inside), evidence=origin.evidence)
            )
    found += [Folded(numbers=(index.numbers[doc],)) for doc in left]
    return sorted(found, key=lambda one: one.numbers)


def _passages(index: Index, docs: Collection[str]) -> int:
    """How many passages some articles share."""
    return sum(1 for one in index.relations.reuse if one.a[0] in docs and one.b[0] in docs)


def _texts(index: Index, docs: Collection[str]) -> int:
    """How many independent texts some articles are: one for each origin, sure or not."""
    return len(_origins(index, docs))


def _article(index: Index, annotated: Annotated) -> ArticleView:
    article = annotated.article
    doc, paragraphs = article.id, []
    for block in index.blocks(doc):
        also = {other: there for other, there in reversed(index.shared(doc, block.span)) if other in index.by_id}
        paragraphs.append(
            Paragraph(
                start=block.start, end=block.end, kind=block.kind, number=index.paragraph(doc, block.start),
                also=tuple(index.link(other, there) for other, there in sorted(also.items())[:SHARED]),
            )
        )  # fmt: skip
    headline = next((block for block in index.blocks(doc) if block.kind == "title"), None)
    first = headline or next((block for block in index.blocks(doc) if block.kind == "body"), None)
    return ArticleView(
        number=index.numbers[doc],
        doc=doc,
        title=article.title or (cut(index.raw(doc, first.span), index.reader, TITLE) if first else doc),
        text=article.text,
        lang=article.lang,
        sha256=article.sha256,
        outlet=article.outlet,
        url=article.url,
        published=published(article.published, index.reader),
        deduced=bool(article.published) and article.published_by == "text",
        translated=article.translated,
        translated_why=article.translated_why,
        paragraphs=tuple(paragraphs),
    )
