"""Who a description means: a state's authorities, a side, a publication, a body, a person by role."""

import bisect
import functools
from collections import Counter
from itertools import chain

from ...model.records import Name, overlapping
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node
from .antecedents import Antecedents
from .bodies import Asked, Bodies
from .found import Speaker
from .lexicon import Lexicon
from .people import People, Role
from .speaking import vocabulary

APART = ("case", "acl:relcl", "acl", "appos", "conj")  # what hangs on a noun and is none of its words
OFTEN, DOMINANT = 3, 2  # an article is about a country named so often, so many times as often as any other
NEAR = 4  # sentences after which "the same source" takes up nobody
SHORT = 4  # words of a description that has no complement of its own


class Descriptions:
    """What an article has said so far of the people and bodies in it, and whom a description of them means."""

    def __init__(self, draft: Draft, lex: Lexicon, names: list[Name], shelf: Shelf[Name]) -> None:
        self.draft, self.lex, self.words = draft, lex, lex.words.speakers
        self.experts: set[str] = set()
        self.vocabulary = vocabulary(draft.pack)
        self.table = self.vocabulary.table
        self.names, self.shelf = names, shelf
        self.people = People(draft, self.vocabulary, self.names, self.shelf)
        self.discourse = Antecedents(draft, self.vocabulary, self.people, self.shelf, self._of_subject)
        self.seats = self.vocabulary.seats
        self._home: str | None = None  # the country that the article is about, empty for none
        self.mentions: dict[str, list[int]] = {}
        for name in self.names:
            self.mentions.setdefault(name.entity, []).append(name.start)

    @functools.cached_property
    def bodies(self) -> Bodies:
        """The bodies of the article, read when the first description of one asks for them."""
        return Bodies(self.draft, self.vocabulary, self.names, self.shelf)

    def _word(self, node: Node) -> str:
        return self.draft.text[node.start : node.end].lower()

    def _compound(self, node: Node) -> str:
        """The word of a token with what hyphens join to it ("état-major"), where that is a noun of the lists."""
        text, start, end = self.draft.text, node.start, node.end
        while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] == "-"):
            end += 1
        whole = text[start:end].lower()
        return whole if "-" in whole and self.vocabulary.kinds_of(whole) else self._word(node)

    def _text(self, speaker: Speaker) -> str:
        return self.draft.text[speaker.span[0] : speaker.span[1]].lower()

    def _opening(self, speaker: Speaker) -> str:
        """The first word of a speaker, an elided article by itself."""
        node = self.draft.node_at(speaker.span[0])
        return self._word(node) if node is not None else ""

    def _actor(self, name: Name) -> str:
        """Who acts under a name: for a metonym what it stands for."""
        return name.stands_for or self.seats.get(name.entity) or name.entity

    def _of_subject(self, node: Node) -> str | None:
        """The referent of a described subject that does not speak."""
        within = [child for child in node.subtree() if child.dep not in APART]
        first, last = node, node
        for other in sorted(within, key=lambda other: abs(other.i - node.i)):
            if other.i == first.i - 1:
                first = other
            elif other.i == last.i + 1:
                last = other
        speaker = Speaker((first.start, last.end), node)
        inside = overlapping(self.shelf.near(speaker.span), speaker.span)
        direct = next((name for name in inside if name.start <= node.start < name.end), None)
        return self._actor(direct) if direct is not None else self._described(speaker, node, inside)

    def _described(self, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        """A description: an authority, a side, a publication, a body, a person by role."""
        word, words = self._compound(head), self.vocabulary.words
        kinds = self.vocabulary.kinds_of(word) or self.vocabulary.kinds_of(head.lemma.lower())
        single = self.vocabulary.singular(word)
        opening = self._opening(speaker)
        if single in words.sources:
            return self._same(speaker, opening)
        if opening in self.words.indefinite:
            return self._indefinite(head, kinds, inside)
        if single in words.governments or single in words.sides:
            return self._state(speaker, head, inside)
        if "publication" in kinds:
            return self._published(speaker, head, inside)
        if not kinds and self.table.nationality(head.text):
            whole = plural(head) and opening in self.words.definite and not inside
            return self.table.nationality(head.text) if whole else None
        if "body" in kinds and not inside and plural(head) and head.find("det", "nmod:poss", "amod") is None:
            return None  # "aid agencies fear": some of many
        if "body" in kinds and ("person" not in kinds or inside or single in words.kinds):
            body = self._body(single, speaker, inside)
            if body is not None or "person" not in kinds:
                return body
        if "person" in kinds and plural(head):
            rebels = self._rebels(single, speaker) if not inside and opening in self.words.definite else None
            if rebels is not None:
                return rebels
            of = next((name for name in inside if name.type == "ORG"), None)
            chiefs = single in self.words.persons and opening in self.words.definite
            return self._actor(of) if of is not None and chiefs else None
        return self._person(speaker, head, inside) if "person" in kinds else None

    def _same(self, speaker: Speaker, opening: str) -> str | None:
        """Whom "the same source" and "this source" take up: the last who spoke."""
        words = self.vocabulary.words
        taken = opening in words.demonstratives or any(word in words.same for word in self._text(speaker).split())
        here = self.discourse.sentence(speaker.span[0])
        last = next((turn for turn in reversed(self.discourse.turns) if turn.start < speaker.span[0]), None)
        if not taken or last is None or here - self.discourse.sentence(last.start) > NEAR:
            return None
        return last.entity

    def _indefinite(self, head: Node, kinds: frozenset[str], inside: list[Name]) -> str | None:
        """ "A report by X" is X's, "a group of experts of the UN" the UN; "a spokesman" is nobody known."""
        owner = next((name for name in inside if name.type != "LOC"), None)
        if owner is None or (plural(head) and "publication" not in kinds):
            return None
        if "publication" in kinds:
            return self._actor(owner)
        return self._actor(owner) if "body" in kinds and owner.type == "ORG" else None

    def _state(self, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        """A state's definite authorities are its government, its side the state; without a nation they are nobody."""
        words, single = self.vocabulary.words, self.vocabulary.singular(self._word(head))
        side = single in words.sides
        body = next((name for name in inside if name.type == "ORG"), None)
        if body is not None and not side:
            return self._actor(body)
        countries = self._countries(speaker)
        for name in inside:
            if name.type == "LOC" and (self._actor(name) in self.table.labels):
                countries.add(self._actor(name))
        if not countries and not inside and not side and single in words.organs and not plural(head):
            return self._body(single, speaker, inside)
        if len(countries) != 1:
            return None
        country = countries.pop()
        return country if side else f"org/{country.removeprefix('loc/')}-government"

    def _published(self, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        """Whose a publication is: the body or person in its words, its owner's by a noun, or who last spoke."""
        owner = next((name for name in inside if name.type == "ORG"), None) or next(
            (name for name in inside if name.type == "PER"), None
        )
        if owner is not None:
            return self._actor(owner)
        maker = self._maker(head)
        if maker is not None:
            return self._actor(maker)
        of = next((child for child in head.all("nmod") if child.i > head.i and self.vocabulary.speaks(child)), None)
        if of is not None:
            return self._of_subject(of)
        opening, words = self._opening(speaker), self.vocabulary.words
        place = next((self._actor(name) for name in inside if self._actor(name) in self.table.labels), None)
        known = opening in (*self.words.definite, *self.words.possessives, *words.demonstratives)
        if not known or place is not None or head.find("acl", "acl:relcl", "nmod") is not None:
            return place if known else None
        if self._word(head) in self.lex.words.tallies and opening not in self.words.possessives:
            return None  # "le précédent bilan": whoever gave it, it need not be who spoke last
        return self._last(speaker.span[0])

    def _maker(self, head: Node) -> Name | None:
        """Who published something ("les chiffres publiés par l'Insee")."""
        for clause in head.all("acl", "acl:relcl"):
            agent = clause.find("obl:agent")
            if agent is not None:
                return next((n for n in self.shelf.near(agent.span) if n.start <= agent.start < n.end), None)
        return None

    def _body(self, noun: str, speaker: Speaker, inside: list[Name]) -> str | None:
        """The body named in a description or known by it; a bare generic noun is the body that last spoke."""
        body = next((name for name in inside if name.type == "ORG"), None)
        if body is not None:
            return self._actor(body)
        if not inside and self._opening(speaker) in self.vocabulary.words.demonstratives:
            return self._named_last(speaker.span[0])
        countries = self._countries(speaker) | {self._actor(name) for name in inside}
        if countries - self.table.labels.keys():
            return None  # "l'état-major du général X", "l'hôpital de Gaza"; but "l'état-major à Kiev"
        amods = speaker.head.all("amod") if speaker.head is not None else []
        adjectives = {stem for child in amods if (stem := self._marking(child))}
        asked = Asked(noun, frozenset(countries), frozenset(adjectives))
        plain = speaker.head is not None and not any(
            self._telling(child)
            for child in speaker.head.all("nmod", "compound")
            if child.start < speaker.span[1] and not overlapping(inside, child.span)
        )
        found = self.bodies.find(asked, speaker.span[0], self._seen(speaker.span[0])) if plain else None
        if found is None and noun in self.words.generic_bodies and asked.bare and plain:
            return self._last(speaker.span[0], "org")
        return found or (self._organ(noun, countries) if plain else None)

    def _named_last(self, at: int) -> str | None:
        """The body named last in this sentence or the one before ("un agent de l'ONU a péri, selon cet organisme")."""
        here = self.discourse.sentence(at)
        named = [name for name in self.names if name.end <= at and name.type == "ORG"]
        near = named and here - self.discourse.sentence(named[-1].start) <= 1
        return self._actor(named[-1]) if near else None

    def _organ(self, noun: str, countries: set[str]) -> str | None:
        """An organ of a state: of the one in its words, or of the one that the article is about ("l'armée" in an
        article on Sudan)."""
        organ = self.vocabulary.words.organs.get(noun)
        if organ is None or len(countries) > 1:
            return None
        if countries:
            return f"org/{countries.pop().removeprefix('loc/')}-{organ}"
        if self._home is None:
            counts = Counter(country for name in self.names if (country := self._actor(name)) in self.table.labels)
            first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
            self._home = first[0] if first[1] >= max(OFTEN, DOMINANT * second[1]) else ""
        return f"org/{self._home.removeprefix('loc/')}-{organ}" if self._home else None

    def _marking(self, modifier: Node) -> str:
        """The stem of an adjective that tells what body it is; no nationality, no part of the noun ("think tank")."""
        stem = self.vocabulary.stem(modifier.lower)
        if stem in self.vocabulary.marks:
            return stem
        if modifier.lower in self.vocabulary.words.passing or modifier.lemma.lower() in self.vocabulary.words.passing:
            return ""
        noun = modifier.lower in self.vocabulary.words.kinds  # the parse takes "tank" for an adjective
        noun = noun or (modifier.pos != "ADJ" and bool(self.vocabulary.kinds_of(modifier.lower)))
        return "" if noun or self.table.nationality(modifier.text) else stem

    def _rebels(self, noun: str, speaker: Speaker) -> str | None:
        """The movement whose fighters are meant ("les rebelles", "les paramilitaires")."""
        if noun in self.vocabulary.words.kinds:
            return self._body(noun, speaker, [])
        mark = self.vocabulary.marks.get(self.vocabulary.stem(noun))
        return self.bodies.marked(mark, self._seen(speaker.span[0])) if mark is not None else None

    def _telling(self, complement: Node) -> bool:
        """Whether a complement tells a body from others: not the kind of body that it is ("agence de presse")."""
        case = complement.find("case")
        held = case is not None and self._word(case) in self.vocabulary.words.contracted
        return (
            complement.find("det") is not None
            or held
            or (complement.pos == "PROPN" and not self.vocabulary.body(complement))
        )

    def _countries(self, speaker: Speaker) -> set[str]:
        tokens = self.draft.text[speaker.span[0] : speaker.span[1]].split()
        return {country for token in tokens if (country := self.table.nationality(token.strip(",.()")))}

    def _person(self, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        """The person known for a role; an epithet is the last who spoke or was named and is not known for another."""
        at = speaker.span[0]
        phrase = [node for node in head.tree.within(speaker.span) if node.text not in ",;"]
        asked = self.people.described(head, phrase)
        if phrase and self._word(phrase[0]) in self.words.possessives:
            known = [e for e, roles in self.people.roles.items() if any(role.noun == asked.noun for role in roles)]
            return known[0] if len(known) == 1 and self._seen(at)(known[0]) >= 0 else None
        for complement in head.all("nmod"):  # "le chef du mouvement": whose chief he is
            noun = self.vocabulary.body(complement)
            body = self._of_subject(complement) if noun and self._telling(complement) else None
            if body is not None:
                words = asked.words - {complement.lemma.lower(), noun}
                asked = asked._replace(within=asked.within | {body}, words=words)
        found = self.people.find(asked, at, self._seen(at))
        return found or self._epithet(asked, speaker, head, inside)

    def _epithet(self, asked: Role, speaker: Speaker, head: Node, inside: list[Name]) -> str | None:
        generic = asked.noun in self.words.generic_persons or asked.noun in self.vocabulary.words.epithets
        if inside or not self._bare(speaker, generic):
            return None  # whose spokesman, head of what: not just anyone who spoke
        at = speaker.span[0]
        spoken = [
            turn.entity for turn in self.discourse.turns if turn.start < at and turn.entity and turn.kind == "per"
        ]
        named = (name.entity for name in reversed(self.names) if name.end <= at and name.type == "PER")
        article = head.find("det")
        gender = article.morph("Gender") if article is not None else ""
        for entity in chain(reversed(spoken), named):
            known = self.people.roles.get(entity, [])
            countries = {country for role in known for country in role.countries}
            if countries and asked.countries and countries.isdisjoint(asked.countries):
                continue
            if gender and self.people.gender(entity) not in ("", gender):
                continue
            if not known or generic:
                return entity
        return None

    def _bare(self, speaker: Speaker, generic: bool) -> bool:
        """Whether a role stands without a complement that would tell it from others of its kind."""
        if len(self._text(speaker).split()) > SHORT:
            return False
        complement = speaker.head.find("nmod") if speaker.head is not None and generic else None
        return complement is None or not self._telling(complement) or self._word(complement) in self.words.realm

    def _seen(self, at: int) -> "_Seen":
        return _Seen(self, at)

    def _last(self, at: int, kind: str = "") -> str | None:
        """Who spoke last: of a kind, wherever; of any, in the sentences just before."""
        near = self.discourse.sentence(at) - NEAR
        for turn in reversed(self.discourse.turns):
            if not kind and self.discourse.sentence(turn.start) < near:
                return None
            if turn.start >= at or (kind and turn.kind != kind):
                continue
            if turn.entity is not None or (not kind and turn.kind == "org"):
                return turn.entity  # what is published is its own, known or not ("la junte a reconnu … le communiqué")
        return None


class _Seen:
    """The offset of the last mention of a referent before a place, -1 for none."""

    def __init__(self, known: Descriptions, at: int) -> None:
        self.known, self.at = known, at

    def __call__(self, entity: str) -> int:
        starts = self.known.mentions.get(entity, [])
        i = bisect.bisect_left(starts, self.at)
        return starts[i - 1] if i else -1


def plural(noun: Node) -> bool:
    article = noun.find("det")
    number = article.morph("Number") if article is not None else ""
    return (number or noun.morph("Number")) == "Plur"
