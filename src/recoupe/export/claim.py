"""Statements as schema.org Claim (JSON-LD): who said what, and the articles in which it appears. There is no
ClaimReview, since Recoupe gives no verdict."""

import json
from collections.abc import Iterator

from ..model.harmless import address
from ..model.relations import Statement
from .content import Content

KINDS = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}


def export(content: Content) -> Iterator[bytes]:
    """One graph of claims."""
    graph = [_claim(content, one) for one in content.relations.statements]
    page = {"@context": "https://schema.org", "@graph": graph}
    yield json.dumps(page, ensure_ascii=False, indent=1).encode()


def _claim(content: Content, one: Statement) -> dict[str, object]:
    claim = content.claim(one.shown)
    assert claim is not None
    articles = [_article(content, doc) for doc in dict.fromkeys(doc for doc, _ in one.claims)]
    found: dict[str, object] = {
        "@type": "Claim",
        "@id": f"urn:recoupe:statement:{one.id}",
        "text": content.words_of(one.shown[0], claim),
        "inLanguage": content.by_id[one.shown[0]].article.lang,
        "appearance": articles,
        "identifier": [f"{doc}#{record}" for doc, record in one.claims],
    }
    entity = content.entities.get(one.source or "")
    if entity is not None:
        found["author"] = {
            "@type": KINDS.get(entity.type, "Thing"), "@id": f"urn:recoupe:entity:{entity.id}", "name": entity.label,
        }  # fmt: skip
    return found


def _article(content: Content, doc: str) -> dict[str, object]:
    about = content.by_id[doc].article
    found: dict[str, object] = {"@type": "NewsArticle", "@id": f"urn:recoupe:article:{doc}"}
    told = {"headline": about.title, "url": address(about.url), "datePublished": about.published or ""}
    found |= {name: value for name, value in told.items() if value}
    if about.outlet:
        found["publisher"] = {"@type": "Organization", "name": about.outlet}
    return found
