"""Passages that come from one another or from one text, by paragraph and by sentence, within a language.

What an article has from earlier ones is found for each article on its own (`lifted`): by an index of marks, so that
an arrival is compared with what shares marks with it and with nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from ...model.records import Annotated
from ...model.relations import Reuse
from ..days import first_day
from ..reading import arranged
from .lifting import Leads, Lifted, Pairs, Partner, lifted
from .marks import CROWD, SHARED, Marked, marked, marks_of, pairs, week
from .pages import Page, Passages, number, pages, passages
from .terms import Places


def leads(listed: Sequence[Page]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """For each article the leads to the earlier ones among some articles, all at once."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for code in sorted({page.lang for page in listed}):
        own = sorted((page for page in listed if page.lang == code), key=lambda page: page.order)
        counts = [len(page.spans) for page in own]
        docs: Places = np.repeat(np.arange(len(own)), counts)
        at = np.arange(len(docs)) - np.repeat(np.cumsum([0, *counts[:-1]]), counts)
        texts = [page.text[start:end] for page in own for start, end in page.spans]
        weeks = [one for page in own for one in [week(first_day(page.published))] * len(page.spans)]
        later, earlier = pairs(marked(texts, weeks, code), docs)
        columns = (docs[later], docs[earlier], at[earlier], at[later])
        for one, other, theirs, mine in zip(*(column.tolist() for column in columns), strict=True):
            found[own[one].id].setdefault(own[other].id, []).append((theirs, mine))
    return found


def reuse(articles: Iterable[Annotated]) -> tuple[Reuse, ...]:
    """The shared passages of every two articles; sentences lifted in a row are one passage."""
    listed = pages(arranged(list(articles)))
    by_id = {page.id: page for page in listed}
    led = leads(listed)
    found = [
        record for page in listed if page.id in led for record in lifted(page, led[page.id], by_id.__getitem__).records
    ]
    return tuple(sorted(found, key=lambda record: (record.a, record.b)))


__all__ = [
    "CROWD",
    "SHARED",
    "Leads",
    "Lifted",
    "Marked",
    "Page",
    "Pairs",
    "Partner",
    "Passages",
    "leads",
    "lifted",
    "marks_of",
    "number",
    "passages",
    "reuse",
]
