"""Who a speaker's words refer to: names, metonyms, pronouns, roles and bodies resolved within one article."""

import bisect

from ...lang.spelling import skeleton
from ...model.records import Name, Span, overlapping
from ..tree import Node
from .antecedents import Asked, Mention
from .descriptions import Descriptions, plural
from .found import Found, Speaker
from .passage import NOMINAL, Passage

OPENING = 5  # tokens of "A Moscou," at most
ANYONE = frozenset({"per", "org", "loc"})


class Referents(Descriptions):
    """Remembers who was named and who spoke, in text order, and answers for pronouns and roles."""

    def resolve(self, speaker: Speaker | None, claim: Found) -> str | None:
        """The entity of a speaker, None where unnamed."""
        entity = None
        if speaker is not None:
            entity = self._resolve(speaker, claim)
            self._remember(speaker, entity)
        self.discourse.said(claim.parts)
        return entity

    def _remember(self, speaker: Speaker, entity: str | None) -> None:
        """A speaker is who pronouns take up next, named or not."""
        text, head = self._text(speaker), speaker.head
        if text in self.words.first_person or text in self.words.nobody:
            return
        pronoun = text in self.lex.pronouns
        noun = head if head is not None and not pronoun and head.pos in ("NOUN", "PROPN") else None
        gender = self._wanted(text) if pronoun else self._gender(noun, entity)
        many = text in self.vocabulary.words.plural if pronoun else noun is not None and plural(noun)
        if entity is not None:
            kind = entity.split("/")[0]
            many = many and kind != "per"
        else:
            kind = "per" if noun is None or self.vocabulary.person(noun) else "org"
        turn = Mention(speaker.span[0], speaker.span[1], entity, kind, gender, many, 0.0)
        self.discourse.add(turn)
        if entity is not None:
            bisect.insort(self.mentions.setdefault(entity, []), turn.start)

    def _gender(self, noun: Node | None, entity: str | None) -> str:
        if entity is not None and entity.startswith("per/"):
            if noun is not None and noun.pos == "NOUN":
                self.people.gendered(entity, noun)
            return self.people.gender(entity)
        if noun is None:
            return ""
        article = noun.find("det")
        told = (article.morph("Gender") if article is not None else "") or self.vocabulary.gender_of_noun(noun.lower)
        if told or noun.pos == "NOUN":
            return told or noun.morph("Gender")
        return self.vocabulary.gender_of_land(entity) if entity is not None else ""

    def official(self, speaker: Speaker | None) -> bool:
        """Whether a speaker can announce what will be done: anyone but nobody in particular."""
        return speaker is None or self._text(speaker) not in self.words.nobody

    def expert(self, speaker: Speaker | None, entity: str | None) -> bool:
        """Whether a speaker only observes: called an analyst, a source, a witness here or before."""
        if speaker is None:
            return False
        text = self._text(speaker)
        head = [self._word(speaker.head), speaker.head.lemma.lower()] if speaker.head is not None else []
        found = not self.lex.experts.isdisjoint(head) or any(phrase in text for phrase in self.lex.expert_phrases)
        if found and entity is not None:
            self.experts.add(entity)
        return found or entity in self.experts

    def _resolve(self, speaker: Speaker, claim: Found) -> str | None:
        text = self._text(speaker)
        if text in self.vocabulary.words.somebody:
            return self._somewhere(speaker, claim)
        if text in self.words.nobody or text in self.words.first_person:
            return None
        if text in self.lex.pronouns or text in self.vocabulary.words.latter:
            return self._pronoun(text, speaker.span[0], claim.parts)
        inside = [
            name for name in overlapping(self.shelf.near(speaker.span), speaker.span) if name.start >= speaker.span[0]
        ]
        head = speaker.head if speaker.head is not None and speaker.head.pos in NOMINAL else None
        direct = next((name for name in inside if head is None or name.start <= head.start < name.end), None)
        if direct is not None:
            return self._actor(direct)
        if head is not None and not inside and head.pos in ("PROPN", "X"):
            return self._namesake(head)
        person = next((name for name in reversed(inside) if name.type == "PER" and not self._complement(name)), None)
        if person is not None:
            return person.entity
        return self._described(speaker, head, inside) if head is not None else None

    def _namesake(self, head: Node) -> str | None:
        """The one person with a name that the names layer saw elsewhere only."""
        wanted = skeleton(head.text)
        people = (name for name in self.names if name.type == "PER")
        found = {name.entity for name in people if wanted in [skeleton(word) for word in name.text.split()]}
        return found.pop() if len(found) == 1 and wanted else None

    def _complement(self, name: Name) -> bool:
        """Whether a name only says whose role it is ("le conseiller de Zelensky", "du président Zelensky"), or to
        whom someone spoke."""
        node = self.draft.node_at(name.start)
        before = node.left if node is not None else None
        while before is not None and (self.vocabulary.person(before) or self.table.nationality(before.text)):
            before = before.left
        return before is not None and (before.pos == "ADP" or self._word(before) in self.lex.words.noun_of_markers)

    def _somewhere(self, speaker: Speaker, claim: Found) -> str | None:
        """Who "on" is in "A Moscou, on assure …" or "Côté russe, on assure …": the state."""
        passage, words = claim.passage, self.vocabulary.words
        before = passage.between(passage.unit_at(speaker.span[0])[0], speaker.span[0])
        if not before or len(before) > OPENING or before[-1].text != ",":
            return None
        name = next((n for n in self.shelf.near(before[0].span) if n.start >= before[0].end), None)
        if name is not None and before[0].lower in words.somewhere and name.end <= before[-1].start:
            return self.seats.get(name.entity)
        side = self.vocabulary.singular(before[0].lower) in words.sides
        return self.table.nationality(before[1].text) if side else None

    def _wanted(self, word: str) -> str:
        return "Masc" if word in self.words.he else "Fem" if word in self.words.she else ""

    def _pronoun(self, word: str, at: int, own: list[Span]) -> str | None:
        """Who "il" is: the nearest speaker or subject that agrees."""
        words = self.vocabulary.words
        kinds = ANYONE
        if word in self.words.it:
            kinds = ANYONE - {"per"}
        elif word in self.words.person_pronouns:
            kinds = frozenset({"per"})
        several = word in words.plural or word in self.words.they
        found = self.discourse.find(Asked(self._wanted(word), several, kinds, word in words.latter), at, own)
        return found.entity if found is not None else None


def channel_of(found: Found, passage: Passage) -> Span | None:
    """Where it was said ("sur Telegram", "dans un communiqué"), in the cue's sentence outside the content."""
    pattern = passage.lex.channel
    if pattern is None or found.cue is None:
        return None
    first = passage.tree.start
    start, end = passage.unit_at(found.cue[0])
    for match in pattern.finditer(passage.low, start - first, end - first):
        span = first + match.start(), first + match.end()
        if not any(a <= span[0] < b for a, b in found.parts):
            return span
    return None
