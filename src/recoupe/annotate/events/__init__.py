"""Finds events: triggers by lemma and frame, arguments by the parse, status by the claims around them."""

from collections import deque
from collections.abc import Iterable

import msgspec

from ...model.records import TEXT_KINDS, AnyRecord, Claim, Event, Means, Span, Status
from ..draft import Draft
from ..tree import Node
from .frames import Framer, Spans
from .means import means_of
from .phrases import Names
from .setting import Setting
from .status import Statuses
from .triggers import Trigger, triggers
from .truces import Windows
from .words import Lexicon, lexicon

# How many events back a word like "opération" takes up: it says what kind only right after it was told.
ECHO = 4


SUFFERED = frozenset({"casualties", "loss", "damage"})
VIOLENT = frozenset({"strike", "ground", "invasion"})


class Events:
    """What happened, was announced or is feared, once per mention."""

    name = "events"
    version = "3"
    needs: tuple[str, ...] = ("block", "time", "name", "claim")
    gives = "event"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's events, in text order."""
        words = lexicon(draft.pack)
        names = Names(draft)
        reader = Reader(draft, words, names)
        trees = sorted((tree for tree in draft.trees if tree.kind in TEXT_KINDS), key=lambda tree: tree.start)
        found = [trigger for tree in trees for trigger in triggers(tree, words, names)]
        return [*reader.windows.settled(reader.events(found))]


class Reader:
    """Turns the triggers of one article into events, in text order: what the article has said before counts."""

    def __init__(self, draft: Draft, words: Lexicon, names: Names) -> None:
        self.draft, self.lexicon, self.names = draft, words, names
        self.framer, self.spans = Framer(draft, words, names), Spans(draft, words, names)
        self.setting, self.statuses = Setting(draft, words, names), Statuses(draft, words)
        self.windows = Windows(draft)
        starts = [tree.start for tree in draft.trees if tree.kind in TEXT_KINDS]
        self._order = {start: i for i, start in enumerate(starts)}
        self._stated: set[str] = set()
        self._means: Means | None = None
        self._placed: dict[str, tuple[int, int, Span]] = {}

    def events(self, found: list[Trigger]) -> list[Event]:
        """The events of all triggers, but for the words that only take up what the article told before."""
        told: list[Event] = []
        types: deque[str | None] = deque(maxlen=ECHO)
        nodes: list[Node] = []
        last: Node | None = None
        for trigger in found:
            if trigger.node is not last and (not trigger.rule.echo or self._echoes(trigger, types)):
                told.append(self.event(trigger))
                nodes.append(trigger.node)
                types.append(trigger.rule.type)
                last = trigger.node
        return [self._shared(i, told, nodes) for i in range(len(told))]

    def _echoes(self, trigger: Trigger, recent: Iterable[str | None]) -> bool:
        """Whether a word takes up what was told: a truce anywhere before, anything else a few events ago."""
        kind = trigger.rule.type
        return kind in recent or (kind == "ceasefire" and kind in self._stated)

    def _shared(self, i: int, told: list[Event], nodes: list[Node]) -> Event:
        """An event with the place of the violence that it hangs on: people die where the strike falls."""
        event, node = told[i], nodes[i]
        if event.type not in SUFFERED or event.place is not None:
            return event
        for j in sorted(range(max(0, i - ECHO), min(len(told), i + ECHO)), key=lambda j: abs(j - i)):
            other, beside = told[j], nodes[j]
            if other.type not in VIOLENT or beside.tree is not node.tree or beside.sentence != node.sentence:
                continue
            if other.place is not None and (beside in node.ancestors() or node in beside.ancestors()):
                return msgspec.structs.replace(event, place=other.place)
        return event

    def event(self, trigger: Trigger) -> Event:
        """One event with its arguments, setting and status."""
        node, rule, clause = trigger.node, trigger.rule, trigger.clause
        kind = rule.type or "other"
        found = self.framer.fill(clause, rule)
        claims = self.statuses.claims_of(node)
        place = found.place or self.setting.place(clause, rule.frame, (found.target, found.actor))
        place_span = self.spans.place(place) or self._carried(node, kind)
        time = self.setting.time(clause)
        event = Event(
            start=trigger.start, end=node.end, text=self.draft.raw((trigger.start, node.end)), type=kind,
            means=self._told_means(trigger) if kind == "strike" else None,
            actor=self.spans.of(found.actor, claims),
            target=self.spans.of(found.target, claims, toll=rule.frame == "toll"),
            place=place_span, time_span=time[0] if time else None,
            claims=tuple(claim.id for claim in claims),
        )  # fmt: skip
        settled = msgspec.structs.replace(event, status=self._status(trigger, claims))
        if place_span is not None:
            self._placed[kind] = (node.tree.start, node.sentence, place_span)
        self.windows.note(settled, trigger, claims, time[1] if time else None)
        return settled

    def _carried(self, node: Node, kind: str) -> Span | None:
        """The place of the mention before that a bare definite noun takes up, in the same or the next sentence."""
        tree, sentence, place = self._placed.get(kind, (-1, -1, None))
        if place is None or kind == "other" or not self.statuses.definite(node):
            return None
        beside = node.sentence - sentence <= 1 if tree == node.tree.start else self._follows(tree, node)
        return place if beside else None

    def _follows(self, tree: int, node: Node) -> bool:
        """Whether a token stands in the first sentence of the paragraph after another."""
        return node.sentence == 0 and tree in self._order and self._order[tree] + 1 == self._order[node.tree.start]

    def _status(self, trigger: Trigger, claims: list[Claim]) -> Status:
        # What else happened is too various for a second mention to mean the same thing: there the word must recur.
        kind = trigger.rule.type or "other"
        topic = trigger.lemma if kind == "other" else kind
        known = self.statuses.definite(trigger.node) and (topic in self._stated or kind == "sanction")
        status = self.statuses.status(trigger.node, claims, known)
        if status in ("actual", "claimed"):
            self._stated.add(topic)
        return status

    def _told_means(self, trigger: Trigger) -> Means:
        told = means_of(trigger.clause, trigger.lemma, self.lexicon)
        if told is not None:
            self._means = told
        return told or self._means or "unknown"
