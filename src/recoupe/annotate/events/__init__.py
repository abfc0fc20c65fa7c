"""Finds events: triggers by lemma and frame, arguments by the parse, status by the claims around them."""

from collections import deque
from collections.abc import Iterable

import msgspec

from ...model.records import TEXT_KINDS, AnyRecord, Claim, Event, Means, Span, Status
from ..draft import Draft
from ..tree import Node
from .clause import Clause
from .frames import Arguments, Framer
from .means import means_of
from .phrases import Names
from .setting import Setting
from .spans import Spans
from .status import Statuses
from .triggers import Trigger, triggers
from .truces import TOLLS, Windows
from .words import VERBAL, Lexicon, Rule, lexicon

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
            heard = not trigger.rule.echo or self._echoes(trigger, types)
            if trigger.node is not last and heard and not self._speaks(trigger):
                told.append(self.event(trigger))
                nodes.append(trigger.node)
                types.append(trigger.rule.type)
                last = trigger.node
        return [self._shared(i, told, nodes) for i in range(len(told))]

    def _speaks(self, trigger: Trigger) -> bool:
        """Whether a verb that is listed for no type of its own only hands a claim over: speaking is no event."""
        return trigger.rule.type == "other" and self.statuses.is_cue(trigger.node)

    def _echoes(self, trigger: Trigger, recent: Iterable[str | None]) -> bool:
        """Whether a word takes up what was told: a truce anywhere before, anything else a few events ago."""
        kind = trigger.rule.type
        return kind in recent or (kind == "ceasefire" and kind in self._stated)

    def _shared(self, i: int, told: list[Event], nodes: list[Node]) -> Event:
        """An event with the place of the violence that it hangs on: people die where the strike falls."""
        event, node = told[i], nodes[i]
        if event.type not in SUFFERED or (event.place is not None and self._has_name(event.place, node)):
            return event
        for j in sorted(range(max(0, i - ECHO), min(len(told), i + ECHO)), key=lambda j: abs(j - i)):
            other, beside = told[j], nodes[j]
            if other.type not in VIOLENT or beside.tree is not node.tree or beside.sentence != node.sentence:
                continue
            if other.place is not None and _hang_together(node, beside):
                return msgspec.structs.replace(event, place=other.place)
        return event

    def event(self, trigger: Trigger) -> Event:
        """One event with its arguments, setting and status."""
        node, rule, clause = trigger.node, trigger.rule, trigger.clause
        kind = rule.type or "other"
        found = self.framer.fill(clause, rule)
        claims = self.statuses.claims_of(node)
        place_span = self._place(clause, rule, found) or self._carried(node, kind)
        time = self.setting.time(clause)
        event = Event(
            start=trigger.start, end=node.end, text=self.draft.raw((trigger.start, node.end)), type=kind,
            means=self._told_means(trigger) if kind == "strike" else None,
            actor=self.spans.of(found.actor, claims, joined=found.joined, without=found.place),
            target=self.spans.of(found.target, claims, joined=rule.frame != "toll", without=self._outside(found)),
            place=place_span, time_span=time[0] if time else None,
            claims=tuple(claim.id for claim in claims),
        )  # fmt: skip
        settled = msgspec.structs.replace(event, status=self._status(trigger, claims))
        if place_span is not None:
            self._placed[kind] = (node.tree.start, node.sentence, place_span)
        self.windows.note(settled, trigger, claims, time[1] if time else None)
        return settled

    def _place(self, clause: Clause, rule: Rule, found: Arguments) -> Span | None:
        """The place: one with a name before one without, that of the frame before one that only stands nearby."""
        own = self.spans.place(found.place)
        if own is not None and self._has_name(own, clause.node):
            return own
        taken = (found.target, found.actor)
        return (
            self.setting.named(clause, rule.frame, taken)
            or own
            or self.spans.place(self.setting.place(clause, rule.frame, taken))
        )

    @staticmethod
    def _outside(found: Arguments) -> Node | None:
        """The place that a target's phrase must not take in: none where the target is the place."""
        return found.place if found.place is not found.target else None

    def _has_name(self, span: Span, node: Node) -> bool:
        inside = (self.names.at(other) for other in node.tree.within(span))
        return any(name is not None and name.type == "LOC" for name in inside)

    def _carried(self, node: Node, kind: str) -> Span | None:
        """The place of the mention before that a bare definite noun takes up, in the same or the next sentence."""
        tree, sentence, place = self._placed.get(kind, (-1, -1, None))
        if place is None or kind in ("other", "ceasefire") or not self.statuses.definite(node):
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
        known = self.statuses.definite(trigger.node) and topic in self._stated
        known = known or (kind == "sanction" and self.statuses.given(trigger.node))
        status = self.statuses.status(trigger.node, claims, known=known, past=kind in TOLLS, violent=kind in VIOLENT)
        if status in ("actual", "claimed"):
            self._stated.add(topic)
        return status

    def _told_means(self, trigger: Trigger) -> Means:
        told = means_of(trigger.clause, trigger.lemma, self.lexicon)
        if told is not None:
            self._means = told
        return told or self._means or "unknown"


def _hang_together(node: Node, beside: Node) -> bool:
    """Whether two triggers are parts of one clause, or one of them hangs on the other."""
    if beside in node.ancestors() or node in beside.ancestors():
        return True
    verb, other = (next((a for a in n.ancestors() if a.pos in VERBAL), None) for n in (node, beside))
    return verb is not None and verb is other and node.pos not in VERBAL and beside.pos not in VERBAL
