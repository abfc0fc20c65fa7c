"""From groups of articles to stories: who else belongs, what each is called, what happens in it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ...model.relations import Happening, Origin, Story, story_id
from ..origins import folder, joined
from ..reading import Reading
from .summary import Summary, Told
from .titles import label, title

# An article of another time belongs to a story too where it tells in so many paragraphs of what happened on its day,
# and names so many of the entities that stand for the story's articles.
TOLD, NAMED = 2, 2
NAMING = frozenset({"country", "place", "body"})


def stories(
    readings: Sequence[Reading],
    summaries: Mapping[str, Summary],
    groups: Iterable[Sequence[str]],
    found: Sequence[Happening],
    origins: Sequence[Origin],
) -> tuple[Story, ...]:
    """Every article in one story at least, the stories by their first article. `groups` are articles by their ids."""
    by_id = {reading.id: reading for reading in readings}
    order = {reading.id: at for at, reading in enumerate(readings)}
    merged = [sorted(group, key=order.__getitem__) for group in _one_truce([list(group) for group in groups], found)]
    telling: dict[Told, list[Summary]] = defaultdict(list)
    for one in summaries.values():
        for key in one.telling:
            telling[key].append(one)
    count = folder(origins)
    by_doc: dict[str, list[Happening]] = defaultdict(list)
    for happening in found:
        for doc in {doc for doc, _ in happening.mentions}:
            by_doc[doc].append(happening)
    made = []
    for group in sorted(merged, key=lambda docs: order[docs[0]]):
        host = Host([summaries[doc] for doc in group])
        guests = {one.doc for key in host.own for one in telling[key] if host.takes(one)}
        docs = sorted({*group, *guests}, key=order.__getitem__)
        made.append(_story(group[0], [by_id[doc] for doc in docs], summaries, by_doc, count))
    return tuple(made)


class Host:
    """A group of articles as it takes in articles of other days that tell at length of what it is about."""

    def __init__(self, members: Sequence[Summary]) -> None:
        self.docs = {one.doc for one in members}
        self.dates = {one.published for one in members}
        told: Counter[Told] = Counter()
        for one in members:
            for key, paragraphs in one.telling.items():
                told[key] += len(paragraphs)
        several = len(members) > 1
        self.own = {key for key, n in told.items() if several and n >= TOLD and key[1] in self.dates}
        self.named = {feature for one in members for feature in one.features if feature[0] in NAMING}

    def takes(self, one: Summary) -> bool:
        """Whether an article is a guest."""
        if one.doc in self.docs or one.published in self.dates:
            return False
        at_length = {paragraph for key in self.own & one.telling.keys() for paragraph in one.telling[key]}
        return len(at_length) >= TOLD and len(self.named & one.vector.keys()) >= NAMED


def _one_truce(groups: Sequence[list[str]], found: Sequence[Happening]) -> list[list[str]]:
    """The groups, those joined in which most articles tell of one truce, each more than once."""
    home = {doc: at for at, group in enumerate(groups) for doc in group}
    pairs = []
    for happening in found:
        if happening.type != "ceasefire":
            continue
        told = Counter(doc for doc, _ in happening.mentions)
        held = Counter(home[doc] for doc, count in told.items() if count >= TOLD)
        about = [at for at, count in sorted(held.items()) if count * 2 > len(groups[at])]
        pairs += [(f"{about[0]:09}", f"{at:09}") for at in about[1:]]
    numbered = [f"{at:09}" for at in range(len(groups))]
    return [[doc for at in members for doc in groups[int(at)]] for members in joined(numbered, pairs)]


def _story(
    first: str,
    members: Sequence[Reading],
    summaries: Mapping[str, Summary],
    by_doc: Mapping[str, Sequence[Happening]],
    count: Callable[[Iterable[str]], int],
) -> Story:
    docs = tuple(reading.id for reading in members)
    where = title(members, [summaries[doc].vector for doc in docs])
    text = next(reading for reading in members if reading.id == where[0]).raw(where[1:]) if where else ""
    made = story_id(first)
    return Story(
        id=made, story=label(text, made), docs=docs, title=text, title_from=where,
        happenings=_happenings(docs, by_doc), texts=count(docs),
    )  # fmt: skip


def _happenings(docs: Sequence[str], by_doc: Mapping[str, Sequence[Happening]]) -> tuple[str, ...]:
    """What happens in a story: told of in its articles more than elsewhere, what most mention first."""
    inside = set(docs)
    told = {happening.id: happening for doc in docs for happening in by_doc.get(doc, ())}
    counts = {
        happening.id: sum(doc in inside for doc, _ in happening.mentions)
        for happening in told.values()
        if sum(doc in inside for doc, _ in happening.mentions) * 2 > len(happening.mentions)
    }
    return tuple(sorted(counts, key=lambda i: (-counts[i], i)))
