"""Who a speaker's words refer to: pronouns, roles and bodies resolved within one article."""

from collections.abc import Sequence

from ...model.records import Name, Span, overlapping
from ..draft import Draft
from ..tree import Node
from .found import Found, Speaker
from .passage import Passage


class Referents:
    """Remembers who was named and who spoke, in text order, and answers for pronouns and roles."""

    def __init__(self, draft: Draft, words: object) -> None:
        from .lexicon import Words

        assert isinstance(words, Words)
        self.words = words.speakers
        self.experts = words.content.experts
        self.names = sorted(draft.layer(Name), key=lambda name: name.start)
        self.draft = draft
        self.roles: list[tuple[int, str, str]] = []  # (offset, role word, entity)
        self.spoke: list[tuple[int, str, str]] = []  # (offset, type, entity)
        self._learn()

    def _learn(self) -> None:
        """Roles that stand beside a person's name ("le ministre russe de la Défense, Sergueï Choïgou")."""
        for name in self.names:
            node = self.draft.node_at(name.start)
            if node is None:
                continue
            for other in self._beside(node):
                word = other.lower
                if word in self.words.persons or other.lemma in self.words.persons or word in self.words.bodies:
                    self.roles.append((other.start, other.lemma.lower(), name.entity))

    def _beside(self, node: Node) -> list[Node]:
        found = [child for child in node.children if child.dep in ("appos", "nmod", "amod")]
        if node.head is not None and node.dep in ("appos", "nmod", "flat:name", "flat", "amod"):
            found.append(node.head)
            found += [child for child in node.head.children if child.dep == "appos"]
        return found

    def resolve(self, speaker: Speaker | None, passage: Passage) -> str | None:
        """The entity of a speaker, None where unnamed."""
        if speaker is None:
            return None
        entity = self._resolve(speaker, passage)
        if entity is not None:
            self.spoke.append((speaker.span[0], entity.split("/")[0], entity))
        return entity

    def official(self, speaker: Speaker | None, passage: Passage) -> bool:
        """Whether a speaker can announce what will be done: anyone but an observer or nobody in particular."""
        if speaker is None:
            return True
        text = passage.text[speaker.span[0] : speaker.span[1]].lower()
        head = passage.words[speaker.head.i] if speaker.head is not None and speaker.head.tree is passage.tree else ""
        if text in self.words.nobody:
            return False
        return not any(
            word in (head, speaker.head.lemma if speaker.head else "") or (" " in word and word in text)
            for word in self.experts
        )

    def _resolve(self, speaker: Speaker, passage: Passage) -> str | None:
        text = passage.text[speaker.span[0] : speaker.span[1]].lower()
        word = text.strip("-' ")
        if word in self.words.nobody:
            return None
        if word in self.words.he or word in self.words.she or word in self.words.it or word in self.words.they:
            return self._pronoun(word, speaker.span[0])
        if word in self.words.first_person:
            return None
        named = self._named(speaker, passage)
        if named is not None:
            return named
        return self._role(speaker, passage, text)

    def _named(self, speaker: Speaker, passage: Passage) -> str | None:
        """The name that the speaker's phrase is, or holds beside a role."""
        inside = [name for name in overlapping(self.names, speaker.span) if name.start >= speaker.span[0]]
        if not inside:
            return None
        head = speaker.head
        if head is not None:
            for name in inside:
                if name.start <= head.start < name.end:
                    return name.stands_for or name.entity
            person = next((name for name in inside if name.type == "PER"), None)
            noun = passage.words[head.i]
            text = passage.text[speaker.span[0] : speaker.span[1]].lower()
            if noun in self.words.persons or head.lemma in self.words.persons or noun in self.words.spokesman:
                return self._person_of(inside) or self._collective(inside, text)
            if noun in self.words.publications or noun in self.words.bodies:
                body = next((name for name in inside if name.type == "ORG"), None) or person
                return (body.stands_for or body.entity) if body else self._role(speaker, passage, noun)
            if noun in self.words.authorities:
                return None
            if head.morph("Number") == "Plur":
                return self._collective(inside, text)
            if person is not None:
                return person.entity
            first = inside[0]
            return first.stands_for or first.entity if first.type == "ORG" else None
        return inside[0].stands_for or inside[0].entity

    def _person_of(self, inside: Sequence[Name]) -> str | None:
        """The person that a role's phrase names: the last one ("le conseiller du président Zelensky, M. Podolyak")."""
        persons = [name for name in inside if name.type == "PER"]
        if persons:
            return persons[-1].entity
        return None

    def _collective(self, inside: Sequence[Name], text: str) -> str | None:
        """The body whose definite heads speak ("les chefs du Kremlin"); "des responsables" are nobody in particular."""
        if text.split(" ")[0] not in self.words.definite:
            return None
        body = next((name for name in inside if name.type == "ORG"), None)
        return (body.stands_for or body.entity) if body is not None else None

    def _pronoun(self, word: str, at: int) -> str | None:
        """Who "il" is: the last one who spoke, or was named as a person."""
        spoken = [entity for offset, _, entity in self.spoke if offset < at]
        if word in self.words.they:
            return spoken[-1] if spoken and not spoken[-1].startswith("per/") else None
        if spoken:
            return spoken[-1]
        persons = [name.entity for name in self.names if name.end <= at and name.type == "PER"]
        return persons[-1] if persons else None

    def _role(self, speaker: Speaker, passage: Passage, text: str) -> str | None:
        """Who a definite role or body is: the one last named with it, or who last spoke of that type."""
        head = speaker.head
        if head is None or (head.morph("Number") == "Plur" and passage.words[head.i] not in self.words.publications):
            return None
        word, lemma = passage.words[head.i], head.lemma.lower()
        for offset, role, entity in reversed(self.roles):
            if offset < speaker.span[0] and role in (word, lemma):
                return entity
        if word in self.words.persons or lemma in self.words.persons:
            spoken = [entity for offset, kind, entity in self.spoke if offset < speaker.span[0] and kind == "per"]
            return spoken[-1] if spoken else None
        if word in self.words.bodies or lemma in self.words.bodies or word in self.words.publications:
            same = [
                name
                for name in self.names
                if name.end <= speaker.span[0] and name.type == "ORG" and word in name.text.lower()
            ]
            if same:
                return same[-1].entity
            spoken = [entity for offset, kind, entity in self.spoke if offset < speaker.span[0] and kind == "org"]
            return spoken[-1] if spoken else None
        return None


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
