"""Who a speaker's words refer to: pronouns, roles and bodies resolved within one article."""

from itertools import chain, islice
from typing import NamedTuple

from ...lang.demonyms import demonyms
from ...model.records import Name, Span, overlapping
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node
from .found import Found, Speaker
from .lexicon import Lexicon
from .passage import NOMINAL, VERBAL, Passage

WINDOW = 9  # tokens beside a name that can hold its role


class Profile(NamedTuple):
    """What the article has said of a person: roles (lemmas) and nationalities (country slugs)."""

    roles: set[str]
    countries: set[str]


class Referents:
    """Remembers who was named and who spoke, in text order, and answers for pronouns and roles."""

    def __init__(self, draft: Draft, lex: Lexicon) -> None:
        self.draft, self.lex, self.words = draft, lex, lex.words.speakers
        self.experts_words = lex.words.content.experts
        self.experts: set[str] = set()
        self.table = demonyms(draft.pack)
        self.names = sorted(draft.layer(Name), key=lambda name: name.start)
        self.shelf = Shelf(self.names, lambda name: [name.span])
        self.profiles: dict[str, Profile] = {}
        self.roles: list[tuple[int, str, str]] = []  # (offset, role, entity)
        self.genders: dict[str, set[str]] = {}  # of the nouns that an entity was called by
        self.spoke: list[tuple[int, str, str]] = []  # (offset, type, entity)
        self.seats = {row[1]: row[2] for row in draft.pack.table("known") if row[0] == "LOC" and row[2]}
        for name in self.names:
            if name.type == "PER":
                self._learn(name)

    # -- what the article says of people ---------------------------------------------------------------------------

    def _learn(self, name: Name) -> None:
        node = self.draft.node_at(name.start)
        if node is None:
            return
        profile = self.profiles.setdefault(name.entity, Profile(set(), set()))
        for other in [*self._left(node), *self._right(node, name.end)]:
            word, lemma = self._word(other), other.lemma.lower()
            role = lemma if lemma in self.lex.roles else word if word in self.lex.roles else ""
            country = self.table.nationality(other.text)
            if role:
                self._gendered(name.entity, other)
                profile.roles.add(role)
                self.roles.append((name.start, role, name.entity))
            if country:
                profile.countries.add(country)

    def _gendered(self, entity: str, noun: Node) -> None:
        """Remembers the gender of a noun by its article, which the tagger knows better than the noun's."""
        article = noun.find("det")
        gender = article.morph("Gender") if article is not None else ""
        if gender:
            self.genders.setdefault(entity, set()).add(gender)

    def _word(self, node: Node) -> str:
        return self.draft.text[node.start : node.end].lower()

    def _left(self, node: Node) -> list[Node]:
        """The words of a role in front of a name ("le ministre russe de la Défense, Sergueï Choïgou")."""
        found: list[Node] = []
        other = node.left
        commas = 0
        while other is not None and len(found) < WINDOW and other.pos not in VERBAL and other.sentence == node.sentence:
            if other.pos == "PUNCT":
                commas += 1
                if commas > 1 or found or self._word(other) != ",":
                    break
            elif any(
                name.type == "PER" and name.start <= other.start < name.end for name in self.shelf.near(other.span)
            ):
                break
            else:
                found.append(other)
                if len(found) == 1 and not commas and other.lemma.lower() in self.lex.roles:
                    break  # "du président Zelensky": what stands before is another's role
            other = other.left
        return found

    def _right(self, node: Node, end: int) -> list[Node]:
        """The words of an apposition behind a name (", chef adjoint du bureau,")."""
        other: Node | None = node
        while other is not None and other.start < end:
            other = other.right
        if other is None or self._word(other) != ",":
            return []
        found: list[Node] = []
        other = other.right
        while other is not None and other.pos not in VERBAL and other.pos != "PUNCT" and len(found) < WINDOW:
            found.append(other)
            other = other.right
        return found if found and found[0].pos in ("NOUN", "DET", "ADJ") else []

    # -- answers ---------------------------------------------------------------------------------------------------

    def resolve(self, speaker: Speaker | None, passage: Passage) -> str | None:
        """The entity of a speaker, None where unnamed."""
        if speaker is None:
            return None
        entity = self._resolve(speaker)
        if entity is not None:
            if speaker.head is not None and speaker.head.pos in ("NOUN", "PROPN") and not entity.startswith("per/"):
                self._gendered(entity, speaker.head)
            self.spoke.append((speaker.span[0], entity.split("/")[0], entity))
        return entity

    def official(self, speaker: Speaker | None) -> bool:
        """Whether a speaker can announce what will be done: anyone but nobody in particular."""
        return speaker is None or self._text(speaker) not in self.words.nobody

    def expert(self, speaker: Speaker | None, entity: str | None) -> bool:
        """Whether a speaker only observes: called an analyst, a source, a witness here or before."""
        if speaker is None:
            return False
        text = self._text(speaker)
        head = [self._word(speaker.head), speaker.head.lemma.lower()] if speaker.head is not None else []
        found = any(word in head or (" " in word and word in text) for word in self.experts_words)
        if found and entity is not None:
            self.experts.add(entity)
        return found or entity in self.experts

    def _text(self, speaker: Speaker) -> str:
        return self.draft.text[speaker.span[0] : speaker.span[1]].lower()

    def _resolve(self, speaker: Speaker) -> str | None:
        text = self._text(speaker)
        if text in self.words.nobody or text in self.words.first_person:
            return None
        if text in self.lex.pronouns:
            return self._pronoun(text, speaker.span[0])
        inside = [
            name for name in overlapping(self.shelf.near(speaker.span), speaker.span) if name.start >= speaker.span[0]
        ]
        head = speaker.head if speaker.head is not None and speaker.head.pos in NOMINAL else None
        direct = next((name for name in inside if head is None or name.start <= head.start < name.end), None)
        if direct is not None:
            return direct.stands_for or self.seats.get(direct.entity) or direct.entity
        person = next((name for name in reversed(inside) if name.type == "PER" and not self._complement(name)), None)
        if person is not None:
            return person.entity
        indefinite = text.split(" ")[0] in self.words.indefinite
        if head is None or (indefinite and self._word(head) not in self.words.publications):
            return None
        return self._described(speaker, head, inside)

    def _complement(self, name: Name) -> bool:
        """Whether a name only says whose role it is ("le conseiller de Zelensky", "du président Zelensky")."""
        node = self.draft.node_at(name.start)
        before = node.left if node is not None else None
        if before is not None and before.lemma.lower() in self.lex.roles:
            before = before.left
        return before is not None and self._word(before) in self.lex.words.noun_of_markers

    def _described(self, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        """A definite description: an authority, a publication, a body, a person by role."""
        word, lemma, text = self._word(head), head.lemma.lower(), self._text(speaker)
        body = next((name for name in inside if name.type == "ORG"), None)
        if word in self.words.authorities:
            return self._government(speaker)
        if word in self.words.publications or lemma in self.words.publications:
            if body is not None:
                return body.stands_for or body.entity
            known = text.split(" ")[0] in (*self.words.definite, *self.words.possessives) and head.find("acl") is None
            return self._last(speaker.span[0], "org") if known else None
        plural = head.morph("Number") == "Plur"
        if plural and (word in self.words.people or lemma in (*self.words.persons, *self.words.people)):
            return (body.stands_for or body.entity) if body is not None and lemma in self.words.persons else None
        if word in self.words.bodies or lemma in self.words.bodies:
            return self._body(word, speaker, inside)
        if lemma in self.lex.roles or word in self.lex.roles:
            return self._person(lemma if lemma in self.lex.roles else word, speaker)
        return None

    def _government(self, speaker: Speaker) -> str | None:
        """A state's definite authorities are its government; without a nationality they are nobody in particular."""
        for token in self.draft.text[speaker.span[0] : speaker.span[1]].split():
            country = self.table.nationality(token)
            if country:
                return f"org/{country.removeprefix('loc/')}-government"
        return None

    def _body(self, word: str, speaker: Speaker, inside: list[Name]) -> str | None:
        """The body last named with this noun; a bare generic noun is the body that last spoke."""
        if inside:
            body = next((name for name in inside if name.type == "ORG"), None)
            return (body.stands_for or body.entity) if body is not None else None
        at, wanted = speaker.span[0], self._countries(speaker)
        for name in reversed(self.names):
            if name.end > at or name.type != "ORG" or word not in name.text.lower().replace("-", " ").split():
                continue
            if not wanted or wanted & {self.table.nationality(token) for token in name.text.split()}:
                return name.entity
        plain = speaker.head is not None and speaker.head.find("amod", "nmod", "compound") is None
        if word in self.words.generic_bodies and not wanted and plain:
            return self._last(at, "org")
        return None

    def _countries(self, speaker: Speaker) -> set[str]:
        tokens = self.draft.text[speaker.span[0] : speaker.span[1]].split()
        return {country for token in tokens if (country := self.table.nationality(token.strip(",.()")))}

    def _person(self, role: str, speaker: Speaker) -> str | None:
        """The person last named with a role, or the last who spoke or was named and is not known for another."""
        at, wanted = speaker.span[0], self._countries(speaker)
        if self._text(speaker).split(" ")[0] in self.words.possessives:
            return None
        for offset, known, entity in reversed(self.roles):
            if offset < at and known == role and not (wanted and self.profiles[entity].countries.isdisjoint(wanted)):
                return entity
        for offset, known, entity in reversed(self.roles):
            if offset < at and known == role and not self.profiles[entity].countries:
                return entity
        generic = role in self.words.generic_persons
        if overlapping(self.shelf.near(speaker.span), speaker.span) or not self._bare(speaker, generic):
            return None  # whose spokesman, head of what: not just anyone who spoke
        spoken = [entity for offset, kind, entity in self.spoke if offset < at and kind == "per"]
        named = (name.entity for name in reversed(self.names) if name.end <= at and name.type == "PER")
        for entity in chain(reversed(spoken), named):
            profile = self.profiles.get(entity, Profile(set(), set()))
            if profile.countries and wanted and profile.countries.isdisjoint(wanted):
                continue
            if not profile.roles or generic or role in profile.roles:
                return entity
        return None

    def _bare(self, speaker: Speaker, generic: bool) -> bool:
        """Whether a role stands without a complement that would tell it from others of its kind."""
        if len(self._text(speaker).split()) > 4:
            return False
        complement = speaker.head.find("nmod") if speaker.head is not None and generic else None
        return complement is None or self._word(complement) in self.words.realm

    def _last(self, at: int, kind: str) -> str | None:
        return next((entity for offset, each, entity in reversed(self.spoke) if offset < at and each == kind), None)

    def _pronoun(self, word: str, at: int) -> str | None:
        """Who "il" is: the last who spoke, or the last person that was a subject, whichever stands nearer."""
        spoken = [(offset, entity) for offset, _, entity in self.spoke if offset < at and self._agrees(word, entity)]
        if word in self.words.it:
            spoken = [(offset, entity) for offset, entity in spoken if not entity.startswith("per/")]
            return spoken[-1][1] if spoken else None
        if word in self.words.person_pronouns:
            spoken = [(offset, entity) for offset, entity in spoken if entity.startswith("per/")]
        if word in self.words.they:
            return spoken[-1][1] if spoken and not spoken[-1][1].startswith("per/") else None
        subjects = (
            (name.start, name.entity)
            for name in reversed(self.names)
            if name.end <= at and self._agrees(word, name.entity) and self._subject(name)
        )
        nearest = max([*spoken[-1:], *islice(subjects, 1)], default=None)
        if nearest is not None:
            return nearest[1]
        persons = [name.entity for name in self.names if name.end <= at and name.type == "PER"]
        persons = [entity for entity in persons if self._agrees(word, entity)]
        return persons[-1] if persons else None

    def _agrees(self, word: str, entity: str) -> bool:
        """Whether nothing said of an entity speaks against "he" or "she" (the gender of its roles and nouns)."""
        known = self.genders.get(entity, set())
        wanted = "Masc" if word in self.words.he else "Fem" if word in self.words.she else ""
        return not wanted or not known or wanted in known

    def _subject(self, name: Name) -> bool:
        """Whether a person's name is the subject of a main clause, or stands beside one."""
        node = self.draft.node_at(name.start) if name.type == "PER" else None
        while node is not None and node.dep in ("flat:name", "flat", "appos", "nmod") and node.head is not None:
            if node.dep == "nmod" and node.find("case") is not None:
                return False
            node = node.head
        return node is not None and node.dep in ("nsubj", "nsubj:pass")


def channel_of(found: Found, passage: Passage) -> Span | None:
    """Where it was said ("sur Telegram", "dans un communiqué"), in the cue's sentence outside the content."""
    pattern = passage.lex.channel
    if pattern is None or found.cue is None:
        return None
    start, end = passage.unit_at(found.cue[0])
    for match in pattern.finditer(passage.text[start:end].lower()):
        span = start + match.start(), start + match.end()
        if not any(a <= span[0] < b for a, b in found.parts):
            return span
    return None
