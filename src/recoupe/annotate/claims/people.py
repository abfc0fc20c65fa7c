"""What an article says of the people it names: roles, offices, nations, gender; and who a role in it means."""

import functools
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from ...model.records import Name
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node
from .passage import VERBAL
from .speaking import Vocabulary, bearers, given_genders

WINDOW = 14  # tokens beside a name that can hold its role
SMALL = frozenset({"NOUN", "ADJ", "ADP", "DET", "PROPN", "NUM", "PART", "X", "CCONJ"})
# How well a role fits what is known of someone.
OFFICE, ROLE, NATION, WORDS, LOOSE, UNKNOWN = 4, 3, 2, 2, 1, -1


class Role(NamedTuple):
    """A role as described: its noun, the office it is, its telling words, the countries and the referents in it."""

    noun: str
    office: str = ""
    words: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()  # adjectives, which tell apart only where they differ
    former: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing tells it from others of its kind."""
        return not (self.words or self.countries or self.within)


class People:
    """The people of one article."""

    def __init__(self, draft: Draft, vocabulary: Vocabulary, names: list[Name], shelf: Shelf[Name]) -> None:
        self.draft, self.vocabulary, self.shelf = draft, vocabulary, shelf
        self.words = vocabulary.words
        self.passing = frozenset(map(vocabulary.stem, self.words.passing)) | self.words.passing
        self.genders: dict[str, set[str]] = {}
        self.given: dict[str, str] = {}
        self._mentions: dict[str, list[Name]] = {}
        for name in names:
            if name.type == "PER":
                self._mentions.setdefault(name.entity, []).append(name)
        # What has been read, one at a time as it is asked for: the roles of each, and where the first of them stands.
        self._known: dict[str, tuple[int, list[Role]]] = {}

    @functools.cached_property
    def roles(self) -> dict[str, list[Role]]:
        """The roles of all who have one, in the order in which the article gives them one; who has his from a list
        alone comes last."""
        known = {entity: self._read(entity) for entity in self._mentions}
        order = sorted(known, key=lambda entity: known[entity][0])
        return {entity: known[entity][1] for entity in order if known[entity][1]}

    # -- learning --------------------------------------------------------------------------------------------------

    def _read(self, entity: str) -> tuple[int, list[Role]]:
        if entity not in self._known:
            at, roles = len(self.draft.text), list[Role]()
            for name in self._mentions.get(entity, ()):
                told = self._learn(name)
                if told and not roles:
                    at = name.start
                roles += told
            self._known[entity] = at, roles + self._recall(entity)
        return self._known[entity]

    def _learn(self, name: Name) -> list[Role]:
        """The roles that stand beside a name; its gender is remembered."""
        node, roles = self.draft.node_at(name.start), list[Role]()
        if node is None:
            return roles
        tokens = name.text.lower().split()
        if len(tokens) > 1 and (gender := given_genders().get(tokens[0])):
            self.given.setdefault(name.entity, gender)
        honorific = self.words.honorifics.get(node.left.lower) if node.left is not None else None
        if honorific:
            self.genders.setdefault(name.entity, set()).add(honorific)
        for phrase in (self._before(node), self._after(node, name.end), self._predicate(node)):
            head = next((other for other in phrase if self.vocabulary.person(other)), None)
            if head is not None and not self._several(head):
                self.gendered(name.entity, head)
                roles.append(self.described(head, phrase))
        leading = self._leads(node, name.end)
        return [*roles, leading] if leading is not None else roles

    def _several(self, head: Node) -> bool:
        return head.morph("Number") == "Plur" and head.lower != self.vocabulary.person(head)

    def _recall(self, entity: str) -> list[Role]:
        """The offices that someone held when the article came out."""
        day, roles = (self.draft.article.published or "")[:7], list[Role]()
        for bearer in bearers().get(entity, ()):
            if day and bearer.since > day:
                continue
            former = bool(bearer.until and day) and bearer.until < day
            of = frozenset(bearer.of.split())
            nation = not of.isdisjoint(self.vocabulary.table.labels)
            roles.append(
                Role(
                    "",
                    "" if bearer.office == "chief" else bearer.office,
                    countries=of if nation else frozenset(),
                    within=frozenset() if nation else of,
                    former=former,
                )
            )
        return roles

    def gendered(self, entity: str, noun: Node) -> None:
        """Remembers the gender of a noun: its own, or its article's, which the tagger knows better than the noun's."""
        gender = self.vocabulary.gender_of_noun(noun.lower)
        article = noun.find("det")
        gender = gender or (article.morph("Gender") if article is not None else "")
        if gender:
            self.genders.setdefault(entity, set()).add(gender)

    def gender(self, entity: str) -> str:
        """Masc or Fem where the article or the given name says so, empty otherwise."""
        self._read(entity)
        known = self.genders.get(entity, set())
        if len(known) == 1:
            return next(iter(known))
        return self.given.get(entity, "") if not known else ""

    def word(self, node: Node) -> str:
        """The normalised lower-case word of a token."""
        return self.draft.text[node.start : node.end].lower()

    def named(self, node: Node) -> Name | None:
        """The name that a token stands in."""
        for name in self.shelf.near(node.span):
            if name.start <= node.start < name.end:
                return name
        return None

    def _before(self, node: Node) -> list[Node]:
        """The words of a role in front of a name ("le ministre russe de la Défense, Sergueï Choïgou")."""
        other = node.left
        comma = other is not None and other.lower == ","
        if comma and other is not None:
            other = other.left
        found: list[Node] = []
        while other is not None and other.sentence == node.sentence and len(found) < WINDOW:
            if other.pos not in SMALL and self.named(other) is None and other.text != "-":
                break
            found.append(other)
            other = other.left
        found.reverse()
        heads = [other for other in found if self.vocabulary.person(other) and not self._bearer(other)]
        if not heads:
            return []
        nearest = next((other for other in reversed(found) if other.pos != "ADJ"), heads[-1])
        if not comma and nearest.pos == "ADP":
            return []  # "l'émissaire de X"
        head = nearest if not comma and nearest in heads else heads[0]
        start = found.index(head)
        while start and (found[start - 1].pos == "ADJ" or found[start - 1] in heads):
            start -= 1
        article = next((other for other in reversed(found[:start])), None)
        if comma and (article is None or self.word(article) not in self.words.articles):
            return []
        if comma and self._led(found[:start]) and not self._closed(node):
            return []
        return found[start:]

    def _led(self, before: list[Node]) -> bool:
        """Whether a preposition stands in front of a phrase ("selon le ministre, X a …": X is someone else)."""
        return any(other.pos == "ADP" for other in before[-2:])

    def _closed(self, node: Node) -> bool:
        name = self.named(node)
        other: Node | None = node
        while other is not None and name is not None and other.start < name.end:
            other = other.right
        return other is None or other.pos == "PUNCT"

    def _bearer(self, node: Node) -> bool:
        name = self.named(node)
        return name is not None and name.type == "PER"

    def _after(self, node: Node, end: int) -> list[Node]:
        """The words of an apposition behind a name (", chef adjoint du bureau,", ", qui dirige le groupe,")."""
        other: Node | None = node
        while other is not None and other.start < end:
            other = other.right
        if other is None or other.lower not in self.words.apposers or other.right is None:
            return []
        found: list[Node] = []
        other = other.right
        while other is not None and other.pos != "PUNCT" and len(found) < WINDOW and other.sentence == node.sentence:
            if (other.pos in VERBAL and self.named(other) is None) or (other.pos == "PRON" and found):
                break
            found.append(other)
            other = other.right
        nouns = [each for each in found if each.pos in ("NOUN", "PROPN") or self.vocabulary.person(each)]
        if not nouns or not self.vocabulary.person(nouns[0]) or found.index(nouns[0]) > len("abc"):
            return []
        if any(self._bearer(two) and one.pos != "ADP" and not self._bearer(one) for one, two in pairwise(found)):
            return []  # "Macron, le chancelier Scholz et …": another person
        return found

    def _leads(self, node: Node, end: int) -> Role | None:
        """The role of someone of whom a relative clause says what they lead (", qui dirige l'hôpital")."""
        other: Node | None = node
        while other is not None and other.start < end:
            other = other.right
        pronoun = other.right if other is not None and other.text == "," else None
        verb = pronoun.right if pronoun is not None and pronoun.pos == "PRON" else None
        noun = self.words.leading.get(verb.lower) if verb is not None else None
        if verb is None or noun is None or verb.right is None:
            return None
        led: list[Node] = []
        other = verb.right
        while other is not None and other.pos in SMALL and len(led) < WINDOW and other.sentence == node.sentence:
            led.append(other)
            other = other.right
        return self.described(verb, led)._replace(noun=noun) if led else None

    def _predicate(self, node: Node) -> list[Node]:
        """The words of a role that someone is said to have ("X est le chef de …", "le chef de … est X")."""
        head = node
        while head.head is not None and head.dep in ("flat:name", "flat", "appos", "flat:foreign"):
            head = head.head
        noun = head.head if head.dep == "nsubj" and head.head is not None else None
        if noun is not None and noun.find("cop") is not None and self.vocabulary.person(noun):
            return [other for other in noun.subtree() if other.i >= noun.i and other.dep != "punct"][:WINDOW]
        subject = head.find("nsubj") if head.find("cop") is not None else None
        if subject is not None and self.vocabulary.person(subject):
            return [other for other in subject.subtree() if other.dep != "punct"][:WINDOW]
        return []

    # -- describing ------------------------------------------------------------------------------------------------

    def described(self, head: Node, phrase: Iterable[Node]) -> Role:
        """A role by its head noun and its words."""
        core: list[Node] = []
        countries: set[str] = set()
        within: set[str] = set()
        words: set[str] = set()
        traits: set[str] = set()
        for node in phrase:
            name = self.named(node)
            nation = None if node is head else self.vocabulary.table.nationality(node.text)
            if nation:
                countries.add(nation)
            elif name is not None and name.entity in self.vocabulary.table.labels:
                countries.add(name.entity)
                while core and core[-1].pos in ("ADP", "DET"):
                    core.pop()
            elif name is not None and name.type == "PER":
                if (core and core[-1].pos == "ADP") or name.entity in within:
                    within.add(name.entity)
            elif node.pos != "PART" and (core or node.pos != "DET"):
                core.append(node)
                if name is not None:
                    within.update({name.entity} | ({name.stands_for} if name.stands_for else set()))
                if node is not head and node.pos == "ADJ":
                    traits.add(self.vocabulary.stem(node.lower))
                elif node is not head and node.pos in ("NOUN", "PROPN", "X"):
                    words.add(node.lemma.lower() if node.pos != "PROPN" else node.lower)
        text = " ".join(map(self.word, core)).replace("' ", "'").replace("- ", "-").replace(" -", "-")
        countries.update(country for seat, country in self.words.seats.items() if seat in text)
        former = text.startswith(tuple(self.words.former))
        noun = self.vocabulary.person(head)
        return Role(
            noun, self.vocabulary.office(text), frozenset(words - self.words.passing - {noun}),
            frozenset(countries), frozenset(within), frozenset(traits - self.passing), former,
        )  # fmt: skip

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(self, asked: Role, at: int, seen: Callable[[str], int]) -> str | None:
        """The person that a role means. `seen` gives the offset of someone's last mention, -1 for none before."""
        best: tuple[int, bool, int] | None = None
        found: str | None = None
        for entity, roles in self.roles.items():
            fits = [fit for role in roles if (fit := self._fit(asked, role)) is not None]
            if not fits:
                continue
            last = seen(entity)
            rank = max(fits), last >= 0, last
            if best is None or rank > best:
                best, found = rank, entity
        return found

    def _fit(self, asked: Role, known: Role) -> int | None:
        """How well a role fits one that someone is known for; None where it cannot be."""
        if asked.countries and known.countries and asked.countries.isdisjoint(known.countries):
            return None
        nation = NATION if asked.countries & known.countries else 0
        if asked.office and asked.office == known.office and asked.former == known.former:
            return OFFICE + nation
        head = asked.noun in self.words.heads
        if asked.noun == known.noun:
            score = ROLE
        elif (
            known.noun in self.words.hypernyms.get(asked.noun, ())
            or self._of_office(asked.noun, known.office)
            or (head and (known.office in ("state", "government", "army", "guide") or known.noun in self.words.heads))
        ):
            score = LOOSE
        elif known.noun == "" and asked.within & known.within:
            score = ROLE
        else:
            return None
        if asked.office and known.office and asked.office != known.office:
            return None
        return self._told(asked, known, score + nation)

    def _of_office(self, noun: str, office: str) -> bool:
        """Whether a general noun fits the bearer of an office ("le diplomate" of a foreign minister)."""
        return bool(office) and office in self.words.hypernyms.get(noun, ())

    def _told(self, asked: Role, known: Role, score: int) -> int | None:
        """The score with what the words of both say: they agree, one says less, or they speak of different posts."""
        if asked.traits and known.traits and asked.traits.isdisjoint(known.traits):
            return None
        if asked.within and asked.within & known.within:
            return score + WORDS
        if asked.words:
            if not known.words and not known.within:
                return score + UNKNOWN if asked.countries & known.countries or asked.noun == known.noun else None
            return score + WORDS if asked.words <= known.words or known.words <= asked.words else None
        return score if not asked.within else None
