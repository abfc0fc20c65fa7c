"""The cross-checked account of a set of articles, made from their records by templates."""

from collections.abc import Sequence

import msgspec

from ..errors import RecoupeError
from ..lang import LanguagePack
from ..model.hand import NOBODY, Hand
from ..model.records import Annotated, Span
from ..model.relations import Relations
from .dates import day, instant, published
from .index import Index
from .model import Account, ArticleView, Paragraph
from .origins import count_texts
from .story import tell
from .versions import NONE, Versions, of_story
from .wording import cut, language

# The first words of an article without a title stand for it.
TITLE = 140
# A paragraph names the first of the articles that it shares words with.
SHARED = 3


def account(
    articles: Sequence[Annotated],
    relations: Relations,
    pack: LanguagePack,
    story: str | None = None,
    hand: Hand = NOBODY,
    versions: Versions = NONE,
    texts: bool = True,
) -> Account:
    """The account in the language of `pack`: of all stories, or of the one whose slug or id is `story`.

    `hand` is what people have said: lines that rest on records which nobody holds for right are marked as found by the
    machine, and disputes tell who settled them. `versions` are those of the articles that were read with several texts:
    the account tells what their sources changed, and whether they said so. Without `texts` the articles come without
    their paragraphs, which the page of a story does not show.
    Raises RecoupeError where there is no such story.
    """
    stories = [one for one in relations.stories if story is None or story in (one.story, one.id)]
    if story is not None and not stories:
        raise RecoupeError("brief.no_story", story=story)
    told = {doc for one in stories for doc in one.docs}
    shown = [one for one in articles if story is None or one.article.id in told]
    index = Index(shown, relations, pack, hand)
    views = [
        msgspec.structs.replace(tell(index, one), rewritten=of_story(index, one.docs, versions)) for one in stories
    ]
    views.sort(key=lambda one: (-one.texts, -len(one.numbers), one.story))
    return Account(
        lang=pack.code,
        stories=tuple(views),
        articles=tuple(_article(index, one, texts) for one in index.articles),
        outside=tuple(index.numbers[one.article.id] for one in index.articles if one.article.id not in told),
        texts=count_texts(index, list(index.by_id)),
        read=_last_read(index),
        foreign=language(index.foreign, pack) if index.foreign else "",
    )


def _last_read(index: Index) -> str:
    """The day on which the last of the articles was read; empty where none says."""
    moments = [moment for one in index.articles if (moment := instant(one.article.read)) is not None]
    return day(max(moments), index.reader) if moments else ""


def _article(index: Index, annotated: Annotated, texts: bool) -> ArticleView:
    article = annotated.article
    doc, paragraphs = article.id, []
    for block in index.blocks(doc) if texts else ():
        also: dict[str, Span] = {}
        for other, there in index.shared(doc, block.span):
            if other in index.by_id:
                also.setdefault(other, there)
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
