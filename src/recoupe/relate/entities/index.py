"""Which entities a name may mean: the look-up that keeps linking fast in a store of any size."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from ...lang.spelling import Comparison, compare, given_key, seen, skeleton, telling, words

# What shares a key with more names than this shares a common word ("forces") or a common surname: comparing with all
# of them would tell nothing. Finer keys (given name's initial, all words together) still find the right one.
LARGEST_BLOCK = 60
T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True):
    """A name of an entity, as the index keeps it. `of` is whatever the caller identifies entities by."""

    of: str
    name: str


class Match(msgspec.Struct, frozen=True):
    """An entity that a name may mean, with the verdict on the two names."""

    entry: Entry
    verdict: Comparison


def keys(name: str, kind: str) -> list[str]:
    """What a name is filed under: the most telling key first.

    All its words together; for a person the family name (first, in case it is written so, or last) with the given
    name's initial in whatever language, and the family name alone; for others each telling word. A name with letters
    of two alphabets in a word is also filed under what it looks like.
    """
    looks = seen(name)
    if looks != name:
        return list(dict.fromkeys([*_filed(name, kind), *_filed(looks, kind)]))
    return _filed(name, kind)


def _filed(name: str, kind: str) -> list[str]:
    found = words(name, kind)
    bones = [bone for bone in map(skeleton, found) if bone]
    if not bones:
        return []
    filed = [f"{kind} = {' '.join(sorted(bones))}"]
    if kind == "PER":
        if len(found) > 1:
            filed.append(f"{kind} ~ {given_key(found[0])[:1]} {bones[-1][:4]}")
        filed.append(f"{kind} {bones[-1]}")
    else:
        filed += [f"{kind} {bone}" for word in telling(found) if (bone := skeleton(word))]
    return list(dict.fromkeys(filed))


_SURNAME = Comparison("unsure", 0.6, "surname_alone")
_GIVEN = Comparison("different", 0.2, "given_differs")


@functools.lru_cache(maxsize=100_000)
def _bones(name: str) -> tuple[tuple[str, ...], str]:
    """The skeletons of a person's words, and the key of the given name; nothing where a word is but an initial."""
    found = words(name)
    bones = tuple(map(skeleton, found))
    short = any(len(word) < 2 or not bone for word, bone in zip(found, bones, strict=True))
    return ((), "") if short or not found else (bones, given_key(found[0]))


def judged(one: str, two: str, kind: str) -> Comparison:
    """What `compare` says, the two commonest outcomes of a shared family name told at once (a tenth of the time): a
    surname alone, and given names that begin otherwise in any language and share nothing."""
    if kind == "PER" and seen(one) == one and seen(two) == two:
        (a, given), (b, other) = _bones(one), _bones(two)
        if a and b and a[-1] == b[-1] and a != b:
            if (len(a) == 1) != (len(b) == 1):
                return _SURNAME
            if a[0][0] != b[0][0] and given != other and set(a[:-1]).isdisjoint(b[:-1]):
                return _GIVEN
    return compare(one, two, kind)


class Shelf(Protocol):
    """Where entries lie by key: in memory, or in a table of the store."""

    def put(self, key: str, entry: Entry) -> None: ...

    def get(self, key: str, most: int) -> Sequence[Entry]:
        """At most `most` entries filed under a key."""
        ...


class Drawers:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, list[Entry]] = {}

    def put(self, key: str, entry: Entry) -> None:
        self._kept.setdefault(key, []).append(entry)

    def get(self, key: str, most: int) -> Sequence[Entry]:
        return self._kept.get(key, ())[:most]


class EntityIndex:
    """Names of entities filed by what their spellings share, and the entities that a new name may mean."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf: Shelf = shelf if shelf is not None else Drawers()

    def add(self, of: str, name: str, kind: str) -> None:
        """Files one name of an entity."""
        entry = Entry(of, name)
        for key in keys(name, kind):
            self._shelf.put(key, entry)

    def near(self, name: str, kind: str) -> list[Entry]:
        """The entries that share a key with a name, each once; keys that too many share are passed over."""
        found: dict[Entry, None] = {}
        for key in keys(name, kind):
            block = self._shelf.get(key, LARGEST_BLOCK + 1)
            if len(block) <= LARGEST_BLOCK:
                found.update(dict.fromkeys(block))
        return list(found)

    def link(self, name: str, kind: str) -> list[Match]:
        """The entities that a name may mean, the likeliest first, each with the reason; none that is surely another.

        A name that is spelt like one filed (whatever the script) is that one's: nothing else is compared then.
        """
        found: dict[str, Match] = {}
        for entry in self._alike(name, kind):
            verdict = judged(name, entry.name, kind)
            best = found.get(entry.of)
            if verdict.verdict != "different" and (best is None or verdict.score > best.verdict.score):
                found[entry.of] = Match(entry, verdict)
        return sorted(found.values(), key=lambda match: (-match.verdict.score, match.entry.of))

    def _alike(self, name: str, kind: str) -> Iterable[Entry]:
        filed = keys(name, kind)
        same = self._shelf.get(filed[0], LARGEST_BLOCK) if filed else ()
        return same if same and len(words(name, kind)) > 1 else self.near(name, kind)


class Blocks(Generic[T]):
    """Things filed under keys, and the pairs of them that share one: what entities are joined from."""

    def __init__(self) -> None:
        self._kept: dict[str, list[T]] = {}

    def put(self, filed: Iterable[str], thing: T) -> None:
        """Files a thing under its keys."""
        for key in filed:
            self._kept.setdefault(key, []).append(thing)

    def pairs(self) -> Iterator[tuple[T, T]]:
        """Pairs in the order they were filed; a pair that shares two keys comes twice."""
        for block in self._kept.values():
            if len(block) <= LARGEST_BLOCK:
                for i, one in enumerate(block):
                    for two in block[i + 1 :]:
                        yield one, two
