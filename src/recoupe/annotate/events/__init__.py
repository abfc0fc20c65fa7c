"""Finds events: triggers by lemma and frame, arguments by the parse, status by the claims around them."""

from collections import deque
from collections.abc import Iterable

import msgspec

from ...model.records import TEXT_KINDS, AnyRecord, Claim, Event, EventType, Means, Span, Status
from ..draft import Draft
from ..tree import Node
from .clause import Clause
from .counted import counted
from .frames import Framer
from .lexicon import Lexicon, lexicon
from .means import means_of
from .phrases import Names, Times
from .setting import Setting
from .spans import Spans, meets
from .status import Statuses
from .telling import HAPPENED
from .ties import VIOLENT, has_name, tied
from .triggers import Trigger, triggers
from .truces import TOLLS, Windows
from .verbs import Arguments
from .words import VERBAL, Rule

# How many events back a word like "opération" takes up: it says what kind only right after it was told.
ECHO = 4
# Paragraphs from a place to the pronoun that stands for it.
NEAR = 3


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
        times = Times(draft)
        self.framer, self.spans = Framer(words, names, times), Spans(draft, words, names)
        self.setting, self.statuses = Setting(draft, words, names, times), Statuses(draft, words)
        self.windows = Windows(draft, self.statuses)
        starts = [tree.start for tree in draft.trees if tree.kind in TEXT_KINDS]
        self._order = {start: i for i, start in enumerate(starts)}
        self._stated: set[str] = set()
        self._means: Means | None = None
        self._means_told: Means | None = None
        self._violence: EventType | None = None
        self._later: EventType | None = None
        self._truce = False
        self._here: tuple[int, Span | None] = -1, None
        self._placed: dict[str, tuple[int, int, Span | None, Span | None]] = {}

    def events(self, found: list[Trigger]) -> list[Event]:
        """The events of all triggers, but for the words that only take up what the article told before."""
        told: list[Event] = []
        plain = (t for t in found if t.lemma not in self.lexicon.words.unsaid or self._evident(t.rule))
        self._later = next((t.rule.type for t in plain if t.rule.type in VIOLENT), None)
        types: deque[str | None] = deque(maxlen=ECHO)
        kept: list[Trigger] = []
        last: Node | None = None
        for trigger in found:
            heard = not trigger.rule.echo or self._echoes(trigger, types)
            again = trigger.node is last or (told and trigger.span == told[-1].span)
            if not again and heard and not self._speaks(trigger):
                told.append(self.event(trigger))
                kept.append(trigger)
                types.append(told[-1].type)
                last = trigger.node
        return tied(told, kept, self.names, self.lexicon)

    def _speaks(self, trigger: Trigger) -> bool:
        """Whether a verb only hands a claim over: speaking is no event, but a decree is one."""
        if trigger.node.pos not in VERBAL or trigger.rule.borne or not self.statuses.is_cue(trigger.node):
            return False
        return trigger.lemma not in self.lexicon.words.enacts

    def _echoes(self, trigger: Trigger, recent: Iterable[str | None]) -> bool:
        """Whether a word takes up what was told: a truce anywhere before, anything else a few events ago."""
        kind = trigger.rule.type
        return kind in recent or (kind in ("ceasefire", "violation") and self._truce)

    def event(self, trigger: Trigger) -> Event:
        """One event with its arguments, setting and status."""
        node, rule, clause, (start, end) = trigger.node, trigger.rule, trigger.clause, trigger.span
        kind = self._kind(trigger)
        found = self.framer.fill(clause, rule)
        claims = self.statuses.claims_of(node)
        place_span = self._place(clause, rule, found)
        around = None if rule.frame == "toll" else node
        number = counted(node, self.lexicon) if kind == "casualties" else None
        target = number or self.spans.of(
            found.target,
            claims,
            joined=found.joined and rule.frame != "toll",
            without=self._outside(found),
            around=around,
        )
        # "revendiqué l'attaque sur Telegram": where it was said is not what was hit.
        target = None if any(meets(target, claim.channel) for claim in claims) else target
        place_span = None if any(meets(place_span, claim.channel) for claim in claims) else place_span
        place_span, target = self._taken_up(node, kind, place_span, target)
        actor = self.spans.of(found.actor, claims, joined=found.joined, without=found.place, around=node)
        time = self.setting.time(clause, claims if kind in HAPPENED else [])
        event = Event(
            start=start, end=end, text=self.draft.raw((start, end)), type=kind,
            means=self._told_means(trigger) if kind == "strike" else None,
            actor=actor or self.spans.author(node, claims), target=target, place=place_span,
            time_span=time[0] if time else None,
            claims=tuple(claim.id for claim in claims),
        )  # fmt: skip
        settled = msgspec.structs.replace(event, status=self._status(trigger, claims, kind))
        if place_span is not None:
            self._here = node.tree.start, place_span
        if place_span is not None or target is not None:
            self._placed[kind] = (node.tree.start, node.sentence, place_span, target)
        self._truce = self._truce or kind == "ceasefire"
        if kind in VIOLENT:
            self._violence = kind
        self.windows.note(settled, trigger, claims, time[1] if time else None)
        return settled

    def _place(self, clause: Clause, rule: Rule, found: Arguments) -> Span | None:
        """The place: one with a name before one without, that of the frame before one that only stands nearby."""
        if rule.type == "sanction":
            # Sanctions name a country as what they hit, never as where they are.
            return None
        own = self.spans.place(found.place)
        if own is not None and has_name(own, clause.node, self.names):
            return own
        taken = (found.target, found.actor)
        return (
            self.setting.named(clause, rule.frame, taken)
            or (self._there(clause.node) if rule.type in VIOLENT or rule.type in TOLLS else None)
            or own
            or self.spans.place(self.setting.place(clause, rule.frame, taken))
        )

    def _there(self, node: Node) -> Span | None:
        """The place told last, where a pronoun stands for it ("seize policiers y sont tombés")."""
        tree, place = self._here
        if not any(child.lower in self.lexicon.words.there for child in node.children):
            return None
        return place if self._order[node.tree.start] - self._order.get(tree, -NEAR) < NEAR else None

    def _outside(self, found: Arguments) -> Node | None:
        """The place that a target's phrase must not take in: none where the target is the place, or a part of it."""
        place, target = found.place, found.target
        part = target is not None and self.lexicon.is_a(target, "quantities")
        return None if place is target or (part and place is not None and place.head is target) else place

    def _taken_up(
        self, node: Node, kind: str, place: Span | None, target: Span | None
    ) -> tuple[Span | None, Span | None]:
        """Place and target of the mention before, in the same or the next sentence: a bare definite noun takes up the
        place, one with a demonstrative also whom it hit."""
        tree, sentence, before, whom = self._placed.get(kind, (-1, -1, None, None))
        pointed = self.statuses.pointed(node)
        if kind in ("other", "ceasefire") or not (pointed or self.statuses.definite(node)):
            return place, target
        beside = node.sentence - sentence <= 1 if tree == node.tree.start else self._follows(tree, node)
        if not beside:
            return place, target
        return place or before, target or (whom if pointed else None)

    def _kind(self, trigger: Trigger) -> EventType:
        """The type of a trigger; a word that does not say how an attack was made is of the kind told last."""
        kind = trigger.rule.type or "other"
        self._means_told = means_of(trigger.clause, trigger.lemma, self.lexicon) if kind == "strike" else None
        pointed = self.statuses.pointed(trigger.node)
        unsaid = trigger.lemma in self.lexicon.words.unsaid and (kind == "strike" or (kind == "ground" and pointed))
        if not unsaid or self._means_told is not None or (self._evident(trigger.rule) and not pointed):
            return kind
        return self._violence or self._later or kind

    @staticmethod
    def _evident(rule: Rule) -> bool:
        """Whether a rule was met by what stands around its word."""
        return any((rule.object, rule.subject, rule.of, rule.near, rule.next, rule.before))

    def _follows(self, tree: int, node: Node) -> bool:
        """Whether a token stands in the first sentence of the paragraph after another."""
        return node.sentence == 0 and tree in self._order and self._order[tree] + 1 == self._order[node.tree.start]

    def _status(self, trigger: Trigger, claims: list[Claim], kind: EventType) -> Status:
        # What else happened is too various for a second mention to mean the same thing: there the word must recur.
        topic = trigger.lemma if kind == "other" else kind
        known = (self.statuses.definite(trigger.node) or self.statuses.pointed(trigger.node)) and topic in self._stated
        known = known or (kind == "sanction" and self.statuses.given(trigger.node))
        arrest = trigger.lemma in self.lexicon.words.arrests
        past, violent = kind in TOLLS and not arrest, kind in VIOLENT and not arrest
        status = self.statuses.status(trigger.node, claims, known=known, past=past, violent=violent)
        if status in ("actual", "claimed"):
            self._stated.add(topic)
        return status

    def _told_means(self, trigger: Trigger) -> Means:
        told = self._means_told
        if told is not None:
            self._means = told
        return told or self._means or "unknown"
