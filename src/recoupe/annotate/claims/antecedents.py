"""Who a pronoun takes up: the speakers and subjects of the sentences before it, the nearest that agrees."""

import bisect
import re
from collections.abc import Callable
from typing import NamedTuple

from ...model.records import TEXT_KINDS, Name, Span
from ..draft import Draft
from ..shelf import Shelf
from ..tree import Node, Tree
from .people import People
from .speaking import Vocabulary

FAR = 8  # sentences that a pronoun looks back over
STEP = 2.0  # what a sentence between costs; a speaker costs nothing, then the ranks below
MAIN, EMBEDDED, AGENT, BESIDE, NEVER = 1.0, 2.0, 3.0, 4.0, 99.0
VAGUE = 0.5  # nothing tells the gender
OWN = 1.25  # the subject of its own words ("X a démissionné, a-t-il dit"): more than who spoke just before
SPOKEN_OF = 3.0  # it stands in what someone says
_FINAL = re.compile(r"[.!?…\"»”')](?:$|[^\W\d_a-z])")  # also in a word that lost the blank behind a full stop
QUOTES = ('"', "«", "“")
LOOSE = frozenset({"flat:name", "flat", "flat:foreign", "appos", "compound"})


class Mention(NamedTuple):
    """Someone or something named, described or speaking. `entity` is None where nobody knows who it is."""

    start: int
    end: int
    entity: str | None
    kind: str  # per, org, loc
    gender: str
    plural: bool
    rank: float


class Asked(NamedTuple):
    """What a pronoun asks for. `kinds` are the kinds of referents that it takes; `last`: whoever was named last."""

    gender: str
    plural: bool
    kinds: frozenset[str]
    last: bool = False


class Antecedents:
    """The mentions of one article, read sentence by sentence as pronouns ask for them."""

    def __init__(
        self, draft: Draft, vocabulary: Vocabulary, people: People, shelf: Shelf[Name],
        describe: Callable[[Node], str | None],
    ) -> None:  # fmt: skip
        self.draft, self.vocabulary, self.people, self.shelf, self.describe = draft, vocabulary, people, shelf, describe
        self.sentences = [each for tree in draft.trees if tree.kind in TEXT_KINDS for each in _sentences(tree)]
        self.starts = [sentence[0].start for sentence in self.sentences]
        self.turns: list[Mention] = []
        self._spoken: dict[int, list[Mention]] = {}
        self._contents: dict[int, list[Span]] = {}
        self._named: dict[int, list[Mention]] = {}

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect.bisect_right(self.starts, at) - 1

    def add(self, turn: Mention) -> None:
        """Someone spoke."""
        self.turns.append(turn)
        self._spoken.setdefault(self.sentence(turn.start), []).append(turn)

    def said(self, parts: list[Span]) -> None:
        """What someone said: who is named in it is less likely to be taken up."""
        for part in parts:
            for i in range(self.sentence(part[0]), self.sentence(part[1]) + 1):
                self._contents.setdefault(i, []).append(part)

    def find(self, asked: Asked, at: int, own: list[Span]) -> Mention | None:
        """The mention that a pronoun at an offset takes up, whose own words (`own`) hold none."""
        best: tuple[float, Mention] | None = None
        here = self.sentence(at)
        for distance in range(min(FAR, here + 1)):
            if best is not None and best[0] <= STEP * distance:
                break
            said = self._contents.get(here - distance, [])
            for mention in self._mentions(here - distance):
                cost = self._cost(asked, mention) if mention.end <= at else None
                if cost is None:
                    continue
                if _inside(mention, own):
                    if mention.rank > MAIN or _quoted(self.draft.text, mention, own):
                        continue
                    cost = OWN + MAIN
                if asked.last:
                    cost = float(at - mention.end)
                elif _inside(mention, said):
                    cost += SPOKEN_OF
                cost += STEP * distance
                if best is None or cost < best[0]:
                    best = cost, mention
        return best[1] if best is not None else None

    def _cost(self, asked: Asked, mention: Mention) -> float | None:
        """What it costs to take a mention; None where it does not agree."""
        if mention.kind not in asked.kinds or mention.plural != asked.plural or mention.rank >= NEVER:
            return None
        if asked.gender and mention.gender and asked.gender != mention.gender:
            return None
        return mention.rank + (VAGUE if asked.gender and not mention.gender else 0.0)

    # -- mentions --------------------------------------------------------------------------------------------------

    def _mentions(self, i: int) -> list[Mention]:
        """What a sentence mentions, in text order; speakers in place of the names in them."""
        if i not in self._named:
            self._named[i] = self._read(self.sentences[i])
        turns = self._spoken.get(i, [])
        rest = [m for m in self._named[i] if not any(m.start < t.end and t.start < m.end for t in turns)]
        return sorted([*turns, *rest], key=lambda mention: mention.start)

    def _read(self, sentence: list[Node]) -> list[Mention]:
        found: list[Mention] = []
        heads: set[int] = set()
        span = sentence[0].start, sentence[-1].end
        for name in self.shelf.near(span):
            if not span[0] <= name.start < span[1]:
                continue
            node = next((node for node in sentence if node.end > name.start), None)
            if node is None:
                continue
            head = _phrase_head(node)
            heads.add(head.i)
            found.append(self._of_name(name, node, head))
        for node in sentence:
            if node.dep in ("nsubj", "nsubj:pass") and node.pos == "NOUN" and node.i not in heads:
                mention = self._of_noun(node)
                if mention is not None:
                    found.append(mention)
        return found

    def _of_name(self, name: Name, node: Node, head: Node) -> Mention:
        kind = {"PER": "per", "ORG": "org", "LOC": "loc"}[name.type]
        entity = name.stands_for or name.entity
        if kind == "per":
            gender = self.people.gender(entity) or (self._gender(head) if head is not node else "")
            return Mention(name.start, name.end, entity, kind, gender, False, _rank(head, BESIDE))
        gender = self._gender(node) or self.vocabulary.gender_of_land(entity)
        able = kind == "org" or name.stands_for is not None or entity in self.vocabulary.table.labels
        rank = _rank(head, BESIDE + 1 if kind == "org" else NEVER) if able else NEVER
        return Mention(name.start, name.end, entity, kind, gender, _plural(node), rank)

    def _of_noun(self, node: Node) -> Mention | None:
        """A described subject: someone, or a body."""
        person = self.vocabulary.person(node)
        if not person and not self.vocabulary.body(node):
            return None
        entity = self.describe(node)
        kind = entity.split("/")[0] if entity is not None else "per" if person else "org"
        return Mention(node.start, node.end, entity, kind, self._gender(node), _plural(node), _rank(node, NEVER))

    def _gender(self, node: Node) -> str:
        article = node.find("det")
        return (article.morph("Gender") if article is not None else "") or node.morph("Gender")


def _sentences(tree: Tree) -> list[list[Node]]:
    """The sentences of a paragraph, those put together again that the parser broke without a mark."""
    found: list[list[Node]] = []
    for sentence in tree.sentences:
        if found and not _FINAL.search(found[-1][-1].text):
            found[-1].extend(sentence)
        else:
            found.append(list(sentence))
    return found


def _phrase_head(node: Node) -> Node:
    """The head of the noun phrase that a name stands in, as its own words or beside a title."""
    while node.head is not None:
        beside = node.dep in LOOSE or (node.dep == "nmod" and node.find("case") is None)
        if not beside or node.head.pos not in ("NOUN", "PROPN", "X"):
            break
        node = node.head
    return node


def _rank(head: Node, other: float) -> float:
    if head.dep in ("nsubj", "nsubj:pass") and head.head is not None:
        verb = head.head
        main = verb.dep in ("ROOT", "parataxis") or (
            verb.dep == "conj" and verb.head is not None and not verb.head.head
        )
        return MAIN if main else EMBEDDED
    if head.dep == "obl:agent":
        return AGENT
    if head.head is None:
        return MAIN
    return other


def _plural(node: Node) -> bool:
    article = node.find("det")
    number = article.morph("Number") if article is not None else ""
    return (number or node.morph("Number")) == "Plur"


def _inside(mention: Mention, spans: list[Span]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def _quoted(text: str, mention: Mention, own: list[Span]) -> bool:
    """Whether a mention stands in words that are quoted: there someone else is spoken of."""
    return any(
        start <= mention.start < end and text[max(0, start - 2) : start].strip()[-1:] in QUOTES for start, end in own
    )
