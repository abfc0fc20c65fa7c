"""What an article says of the bodies it names: their kind, their nation, their marks; and which body a noun means."""

from collections.abc import Callable
from typing import NamedTuple

from ...model.records import Name
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node
from .passage import VERBAL
from .speaking import Vocabulary
from .speaking import bodies as known_bodies

WINDOW = 8  # tokens beside a name that can say what body it is
ARMY, ARMED = "army", {"armed", "military"}  # "les forces armées" are the army
ARMED_KINDS = frozenset({"movement", "militia", "rebels", "forces"})
CALLED, KIND, NATION, MARK = 3, 2, 2, 1


class Asked(NamedTuple):
    """A body as described: its noun, its nations and its adjectives."""

    noun: str
    countries: frozenset[str]
    adjectives: frozenset[str]

    @property
    def bare(self) -> bool:
        """Whether nothing tells it from others of its kind."""
        return not (self.countries or self.adjectives)


class Bodies:
    """The bodies of one article."""

    def __init__(self, draft: Draft, vocabulary: Vocabulary, names: list[Name], shelf: Shelf[Name]) -> None:
        self.draft, self.vocabulary, self.shelf = draft, vocabulary, shelf
        self.words = vocabulary.words
        self.called: dict[str, set[str]] = {}  # nouns, singular
        self.adjectives: dict[str, set[str]] = {}
        self.countries: dict[str, set[str]] = {}
        for name in names:
            if name.type == "ORG":
                self._learn(name)

    def _learn(self, name: Name) -> None:
        node = self.draft.node_at(name.start)
        if node is None:
            return
        entity = name.entity
        called = self.called.setdefault(entity, set())
        countries = self.countries.setdefault(entity, set())
        known = known_bodies().get(entity)
        if known is not None and known.country:
            countries.add(known.country)
        inside = list(node.tree.within(name.span))
        for other in (*inside, *self._before(node), *self._after(node, name.end)):
            nation = self.vocabulary.table.nationality(other.text)
            if nation:
                countries.add(nation)
            elif noun := self.vocabulary.body(other):
                called.add(noun)
            elif other.pos == "ADJ":
                self.adjectives.setdefault(entity, set()).add(self.vocabulary.stem(other.lower))
        for other in inside:
            country = self.vocabulary.table.named(other.text)
            if country:
                countries.add(country)

    def _before(self, node: Node) -> list[Node]:
        """The words of a description right in front of a name ("le mouvement islamiste palestinien Hamas")."""
        found: list[Node] = []
        other = node.left
        while other is not None and other.pos in ("NOUN", "ADJ", "ADP", "X") and len(found) < WINDOW:
            found.append(other)
            other = other.left
        if other is None or other.pos != "DET" or not found or found[0].pos == "ADP":
            return []
        return found

    def _after(self, node: Node, end: int) -> list[Node]:
        """The words of an apposition behind a name (", mouvement armé soutenu par …")."""
        other: Node | None = node
        while other is not None and other.start < end:
            other = other.right
        if other is None or other.lower not in self.words.apposers:
            return []
        found: list[Node] = []
        other = other.right
        while other is not None and other.pos in ("DET", "NOUN", "ADJ") and len(found) < WINDOW:
            found.append(other)
            other = other.right
        nouns = [each for each in found if each.pos == "NOUN"]
        if not nouns or not self.vocabulary.body(nouns[0]) or (other is not None and other.pos in VERBAL):
            return []
        return found

    def marked(self, mark: str, seen: Callable[[str], int]) -> str | None:
        """The movement with a mark that was mentioned last."""
        all_known = known_bodies()
        known = [entity for entity in self.called if entity in all_known and mark in all_known[entity].marks]
        armed = [entity for entity in known if all_known[entity].kinds & ARMED_KINDS and seen(entity) >= 0]
        return max(armed, key=seen, default=None)

    def _kinds(self, entity: str) -> set[str]:
        known = known_bodies().get(entity)
        called = {kind for noun in self.called[entity] for kind in self.words.kinds.get(noun, ())}
        return called | (set(known.kinds) if known is not None else set())

    def _army(self, entity: str) -> bool:
        """Whether a body is an army, not any force."""
        known = known_bodies().get(entity)
        called = (self.words.kinds.get(noun, [""])[0] for noun in self.called[entity])
        return ARMY in called or (known is not None and ARMY in known.kinds)

    def find(self, asked: Asked, at: int, seen: Callable[[str], int]) -> str | None:
        """The body that a description means. `seen` gives the offset of its last mention, -1 for none before."""
        best: tuple[int, bool, int] | None = None
        found: str | None = None
        for entity in self.called:
            fit = self._fit(asked, entity)
            last = seen(entity)
            if fit is None or (last < 0 and asked.bare):
                continue
            rank = (fit, last >= 0, last)
            if best is None or rank > best:
                best, found = rank, entity
        return found

    def _fit(self, asked: Asked, entity: str) -> int | None:
        """How well a description fits a body; None where it cannot be it."""
        countries = self.countries.get(entity, set())
        if asked.countries and countries and asked.countries.isdisjoint(countries):
            return None
        kinds = set(self.words.kinds.get(asked.noun, ()))
        adjectives = self.adjectives.get(entity, set())
        known = known_bodies().get(entity)
        if asked.noun in self.called[entity]:
            score = CALLED
        elif known is not None and kinds & known.kinds:
            score = KIND
        elif known is None and kinds & self._kinds(entity):
            score = KIND - 1
        else:
            return None
        if asked.countries & countries:
            score += NATION
        elif asked.countries and not countries and known is not None:
            return None  # of no country, as far as is known
        if not asked.adjectives:
            return score
        marks = {self.vocabulary.marks[word] for word in asked.adjectives if word in self.vocabulary.marks}
        shared = asked.adjectives & adjectives or (known is not None and marks & known.marks)
        armed = ARMY in kinds and marks <= ARMED and self._army(entity)
        return score + MARK if shared or armed else None
