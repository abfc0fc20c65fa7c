"""Finds events: triggers by lemma and frame, arguments by the parse, status by the claims around them."""

from ...model.records import TEXT_KINDS, AnyRecord, Claim, Event, Means, Status
from ..draft import Draft
from .frames import Framer, spans
from .means import means_of
from .phrases import Names
from .setting import Setting
from .status import Statuses
from .triggers import Trigger, triggers
from .words import Lexicon, lexicon


class Events:
    """What happened, was announced or is feared, once per mention."""

    name = "events"
    version = "2"
    needs: tuple[str, ...] = ("block", "time", "name", "claim")
    gives = "event"
    parsed = True

    def __call__(self, draft: Draft) -> list[AnyRecord]:
        """The article's events, in text order."""
        words = lexicon(draft.pack)
        names = Names(draft)
        reader = Reader(draft, words, names)
        trees = sorted((tree for tree in draft.trees if tree.kind in TEXT_KINDS), key=lambda tree: tree.start)
        return [reader.event(trigger) for tree in trees for trigger in triggers(tree, words, names)]


class Reader:
    """Turns the triggers of one article into events, in text order: what the article has said before counts."""

    def __init__(self, draft: Draft, words: Lexicon, names: Names) -> None:
        self.draft, self.lexicon, self.names = draft, words, names
        self.framer, self.setting = Framer(words, names), Setting(draft, words, names)
        self.statuses = Statuses(draft, words)
        self._stated: set[str] = set()
        self._last_means: Means | None = None

    def event(self, trigger: Trigger) -> Event:
        """One event with its arguments, setting and status."""
        node, rule, clause = trigger.node, trigger.rule, trigger.clause
        assert rule.type is not None
        found = self.framer.fill(clause, rule)
        actor, target, place = spans(found, self.lexicon, self.names)
        claims = self.statuses.claims_of(node)
        return Event(
            start=node.start, end=node.end, text=self.draft.raw(node.span), type=rule.type,
            status=self._status(trigger, claims), means=self._means(trigger) if rule.type == "strike" else None,
            actor=actor, target=target, place=place or self.setting.place(clause, found.target, rule.frame),
            time_span=self.setting.time(clause), claims=tuple(claim.id for claim in claims),
        )  # fmt: skip

    def _status(self, trigger: Trigger, claims: list[Claim]) -> Status:
        rule, node = trigger.rule, trigger.node
        determiner = node.find("det")
        definite = determiner is not None and determiner.lower in self.lexicon.words.definites
        known = bool(definite and node.pos == "NOUN" and trigger.lemma in self._stated and not node.all("amod", "acl"))
        status = self.statuses.status(node, claims, known)
        if status == "actual":
            self._stated.add(trigger.lemma)
            if rule.status is not None and not claims:
                return rule.status
        return status

    def _means(self, trigger: Trigger) -> Means:
        told = means_of(trigger.clause, trigger.lemma, self.lexicon)
        if told is not None:
            self._last_means = told
        return told or self._last_means or "unknown"
