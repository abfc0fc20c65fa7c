"""From groups of articles to stories: who else belongs, what each is called, what happens in it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ...model.article import digest
from ...model.relations import Happening, Origin, Story
from ..days import ordinal, span_of
from ..happenings import Mention, mentions
from ..origins import folder, joined
from ..reading import Reading
from .cluster import likenesses, linked
from .profile import Vector, vectors
from .titles import labelled, title

# Mean likeness from which groups are one story. On the developers' half of the dispatches pairs F1 is .88 to .89
# between .018 and .021 and .86 from .025 on; at .015 the two stories of the fullest day run together (.71). Of 24
# unrelated long articles given one day .02 joins 11 pairs, .015 15.
LEAST = 0.02
# An article of another time belongs to a story too where it tells in so many paragraphs of what happened on its day,
# and names so many of the entities that stand for the story's articles.
TOLD, NAMED = 2, 2
# The kinds of event that make a day's story; a count of dead or a sanction is told of everywhere.
TELLING = frozenset(
    {
        "ceasefire",
        "violation",
        "strike",
        "ground",
        "invasion",
        "withdrawal",
        "movement",
        "exercise",
        "meeting",
        "protest",
    }
)


def stories(readings: Sequence[Reading], found: Sequence[Happening], origins: Sequence[Origin]) -> tuple[Story, ...]:
    """Every article in one story at least, the stories by their first article's date."""
    weighed = vectors(readings)
    days = [span_of(reading.published) for reading in readings]
    groups = _one_truce(linked(len(readings), likenesses(weighed, days), LEAST), readings, found)
    told = [_told(reading) for reading in readings]
    telling: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, keys in enumerate(told):
        for key in keys:
            telling[key].append(i)
    members = [sorted({*group, *_further(group, readings, weighed, told, telling)}) for group in groups]
    count = folder(origins)
    by_doc: dict[str, list[Happening]] = defaultdict(list)
    for happening in found:
        for doc in {doc for doc, _ in happening.mentions}:
            by_doc[doc].append(happening)
    made = [_story([readings[i] for i in group], [weighed[i] for i in group], by_doc, count) for group in members]
    ordered = sorted(made, key=lambda story: (_first(readings, story), story.id))
    return tuple(labelled(ordered))


def _one_truce(groups: Sequence[list[int]], readings: Sequence[Reading], found: Sequence[Happening]) -> list[list[int]]:
    """The groups, those joined in which most articles tell of one truce, each more than once."""
    number = {reading.id: i for i, reading in enumerate(readings)}
    home = {i: at for at, group in enumerate(groups) for i in group}
    pairs = []
    for happening in found:
        if happening.type != "ceasefire":
            continue
        told = Counter(number[doc] for doc, _ in happening.mentions)
        held = Counter(home[i] for i, count in told.items() if count >= TOLD)
        about = [str(at) for at, count in sorted(held.items()) if count * 2 > len(groups[at])]
        pairs += [(about[0], at) for at in about[1:]]
    return sorted(
        sorted(i for at in members for i in groups[int(at)]) for members in joined(map(str, range(len(groups))), pairs)
    )


def _first(readings: Sequence[Reading], story: Story) -> str:
    return next(reading.published or "" for reading in readings if reading.id == story.docs[0])


def _told(reading: Reading) -> dict[tuple[str, str], set[int]]:
    """The paragraphs in which an article tells of each kind of event on each day."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for mention in mentions(reading):
        if mention.time and mention.event.type in TELLING and _one_day(mention):
            found[mention.event.type, mention.time[0][:10]].add(mention.paragraph)
    return found


def _one_day(mention: Mention) -> bool:
    first, last = (ordinal(instant[:10]) for instant in mention.time or ("", ""))
    return first is not None and last is not None and last - first <= 1


def _further(
    group: Sequence[int],
    readings: Sequence[Reading],
    weighed: Sequence[Vector],
    told: Sequence[Mapping[tuple[str, str], set[int]]],
    telling: Mapping[tuple[str, str], Sequence[int]],
) -> Iterable[int]:
    """Articles of other days that tell at length of what this group is about."""
    if len(group) < 2:
        return
    dates = {readings[i].published for i in group}
    keys: Counter[tuple[str, str]] = Counter(key for i in group for key in told[i] for _ in told[i][key])
    own = {key for key, count in keys.items() if count >= TOLD and key[1] in dates}
    named = {feature for i in group for feature in weighed[i] if feature[0] == "entity"}
    for i in sorted({i for key in own for i in telling[key]}):
        if i in group or readings[i].published in dates:
            continue
        at_length = {paragraph for key in own & told[i].keys() for paragraph in told[i][key]}
        if len(at_length) >= TOLD and len(named & weighed[i].keys()) >= NAMED:
            yield i


def _story(
    members: Sequence[Reading],
    weighed: Sequence[Vector],
    by_doc: Mapping[str, Sequence[Happening]],
    count: Callable[[Iterable[str]], int],
) -> Story:
    docs = tuple(reading.id for reading in members)
    where = title(members, weighed)
    text = next(reading for reading in members if reading.id == where[0]).raw(where[1:]) if where else ""
    return Story(
        id=digest("story", *docs), story="", docs=docs, title=text, title_from=where,
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
