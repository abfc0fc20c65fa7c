"""What an expression's surroundings say: the day of writing, the tense of its clause, the time last spoken of."""

import bisect
import datetime as dt
import operator
from dataclasses import dataclass
from typing import NamedTuple

from ..tree import Node, Tree
from .calendar import Day, valid

_START = operator.attrgetter("start")
VERBS = frozenset({"VERB", "AUX"})
LIGHT = frozenset({"ADP", "DET", "ADJ", "ADV"})
QUOTES = frozenset({'"', "''", "``", "«", "»", "“", "”"})


@dataclass(frozen=True, slots=True)
class Written:
    """When the article was published: a day of reference, and how exactly it is known ("day", "month" or "")."""

    day: Day
    grain: str

    @classmethod
    def of(cls, published: str | None) -> "Written":
        """From an article's `published`; what is no date counts as unknown."""
        parts = (published or "").split("-")
        if all(part.isdigit() for part in parts) and len(parts) in (2, 3):
            numbers = [int(part) for part in parts]
            at = valid(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 15)
            if at is not None and 1 < at.year < 9000:
                return cls(at, "day" if len(numbers) == 3 else "month")
        return cls(dt.date(2000, 1, 15), "")


@dataclass(slots=True)
class Around:
    """Where an expression stands. `tense` is "past", "future", "present" or "", `weak`
    where the expression hangs on a noun rather than on the verb; `year` one that its sentence names.

    `spoken` is the day last spoken of nearby, `spoken_clock` the hour if one was told, `named` that day where its
    month was said, `week` the first day of the last day or week spoken of, `coarse` that of the last time of any
    length (`only_year`: it is a year), `quarter` that of the last quarter; `evening` says whether an evening was
    spoken of last: midnight then follows it; `night` whether it was a night: small hours are the next day's.

    `now` is the day that "today" means here (the day of speaking inside a quotation), `ends` whether the expression
    closes a range, `after` the beginning of the range that it ends, `until` the end of the one that it begins,
    `returns` whether the sentence speaks of every year, `of_what` whether a noun follows that the expression is told
    from ("the day after the vote"), `compared` whether something is compared with its time, `measured` whether a
    clause follows that it measures ("it is two years since"), `ended` the last day of the week or month told by it,
    `beside` whether the day last spoken of stands in the same sentence, `is_today` whether the expression is what
    today is ("it is the third day of the strike").
    """

    written: Written
    tense: str = ""
    weak: bool = False
    spoken: Day | None = None
    spoken_clock: dt.datetime | None = None
    year: int | None = None
    now: Day | None = None
    ends: bool = False
    returns: bool = False
    of_what: bool = False
    after: Day | None = None
    evening: bool = False
    coarse: Day | None = None
    only_year: bool = False
    week: Day | None = None
    named: Day | None = None
    until: Day | None = None
    night: bool = False
    quarter: Day | None = None
    compared: bool = False
    measured: bool = False
    ended: Day | None = None
    beside: bool = False
    is_today: bool = False

    @property
    def known(self) -> bool:
        """Whether the article says when it was published."""
        return self.written.grain != ""

    @property
    def today(self) -> Day | None:
        """The day that "today" means; None where it is not known."""
        return self.now or (self.written.day if self.written.grain == "day" else None)


def head_at(trees: list[Tree], start: int, end: int) -> Node | None:
    """The token of a stretch that hangs on one outside it, in a paragraph that may be parsed in pieces."""
    at = bisect.bisect_right(trees, start, key=_START) - 1
    return trees[at].head_of((start, end)) if at >= 0 and start < trees[at].end else None


class VerbWords(NamedTuple):
    """What a pack says of verbs: auxiliaries of the future, lemmas of verbs that plan, lemmas that are past with a
    present "to be" ("est tombé", which parsers take for a passive), nouns that only help a preposition ("au cours
    de"), words for "before" over an infinitive, words that begin a condition, lemmas of verbs that have the tense of
    their infinitive, ordinals, auxiliaries that put a verb in the past beside a negation, and negations."""

    future: frozenset[str]
    planned: frozenset[str]
    gone: frozenset[str]
    empty: frozenset[str]
    before: frozenset[str]
    conditions: frozenset[str]
    doing: frozenset[str]
    ordinals: frozenset[str]
    unable: frozenset[str]
    negations: frozenset[str]


def weak_at(node: Node | None, text: str, start: int, words: VerbWords) -> bool:
    """Whether an expression hangs on a noun by a preposition: the tense of its clause then says little.

    Without a preposition, or parted from the noun by a comma, it belongs to the verb, whatever the parser says; but
    what stands right before its noun ("a June agreement") is the noun's alone.
    """
    while node is not None and node.head is not None and node.head.lower in words.empty:
        node = node.head
    if node is None or node.head is None or node.head.pos not in ("NOUN", "PROPN"):
        return False
    if node.dep == "compound" and node.head.i == node.i + 1:
        return True
    return node.find("case") is not None and "," not in text[node.head.end : start]


def tense_at(node: Node | None, words: VerbWords) -> str:
    """The tense of the clause that a token stands in: that of the nearest verb above it.

    An infinitive without auxiliary looks ahead of its verb ("doit se rendre lundi"), as a conditional does. What was
    planned ("devait se rendre lundi", "planned a march on Saturday") may lie on either side.
    """
    if node is None:
        return ""
    known: dict[int, str] = node.tree.once("tenses", dict)
    if node.i not in known:
        known[node.i] = _tense_at(node, words)
    return known[node.i]


def _tense_at(node: Node, words: VerbWords) -> str:
    verb: Node | None = node
    while verb is not None and (
        (verb.pos not in VERBS and verb.find("cop") is None) or _begins_after(verb, node) or _is_quoted(verb, node)
    ):
        verb = verb.head
    if verb is None:
        return ""
    if verb.pos == "AUX" and verb.dep in ("aux", "aux:pass", "cop") and verb.head is not None:
        verb = verb.head
    group = [verb, *(child for child in verb.children if child.dep in ("aux", "aux:pass", "aux:tense", "cop"))]
    return _tense_of(verb, group, words)


def names_today(node: Node | None, words: VerbWords) -> bool:
    """Whether a token is what something present is said to be: "this is the third day of the strike"."""
    if node is None:
        return False
    verb = node.find("cop") or (node.head if node.dep == "xcomp" else None)
    return verb is not None and verb.pos == "AUX" and tense_at(node, words) == "present"


def is_over_at(node: Node | None) -> bool:
    """Whether the verb over a token tells what was over before another past: "by Friday the river had risen"."""
    while node is not None and node.pos not in VERBS:
        node = node.head
    if node is None or node.morph("VerbForm") != "Part":
        return False
    had = [child for child in node.children if child.dep in ("aux", "aux:tense") and child.morph("VerbForm") == "Fin"]
    return any(child.morph("Tense") in ("Past", "Imp") for child in had)


def _begins_after(verb: Node, node: Node | None) -> bool:
    """Whether a clause begins only after an expression that is parsed into it: "said on Thursday (that) it could"."""
    if node is None or verb.head is None:
        return False
    mark = verb.find("mark")
    if mark is not None:
        return node.i < mark.i < verb.i
    subject = verb.find("nsubj", "nsubj:pass")
    if verb.dep != "ccomp" or subject is None or node.head is not verb or not verb.head.i < node.i < subject.i:
        return False
    between = verb.tree.nodes[verb.head.i + 1 : node.i]
    return all(token.pos in LIGHT or verb not in token.ancestors() for token in between)


def _is_quoted(verb: Node, node: Node | None) -> bool:
    """Whether just one of the two stands in quotation marks: "said on 'Meet the Press' on Sunday"."""
    if node is None:
        return False
    first, last = sorted((verb.i, node.i))
    return sum(token.text in QUOTES for token in verb.tree.nodes[first + 1 : last]) % 2 == 1


def _is_denied(verb: Node, words: VerbWords) -> bool:
    """Whether a verb or its subject is negated: "could not be reached", "nor could she be found"."""
    subject = verb.find("nsubj", "nsubj:pass")
    about = [*verb.children, *(subject.children if subject is not None else ())]
    return any(child.lower in words.negations for child in about)


def _perfect(verb: Node, helpers: list[Node]) -> bool:
    """Whether a conditional or a modal speaks of what is over: "auraient péri", "may have died"."""
    if verb.morph("VerbForm") != "Part" or verb.morph("Tense") != "Past":
        return False
    having = [n for n in helpers if n.dep != "aux:pass"]
    return any(n.morph("VerbForm") == "Inf" or (n.morph("Mood") == "Cnd" and n.dep == "aux:tense") for n in having)


def _tense_of(verb: Node, group: list[Node], words: VerbWords) -> str:
    tense = _form_of(verb, group, words)
    if tense == "present" and any(child.dep == "mark" and child.lower in words.conditions for child in verb.children):
        return "future"  # "if the talks fail on Friday"
    if verb.lemma in words.planned:  # "is due in court on Friday"
        return {"past": "", "present": "future"}.get(tense, tense)
    return tense


def _ahead(verb: Node, words: VerbWords) -> str:
    """The tense of a bare infinitive: ahead of its verb, but not of one that planned it in the past, nor where it only
    gives the reason of what is over ("flew to Paris to sign"); "the first to sign" has the tense of its clause, as
    what is begun, tried or declined has."""
    above = verb.head
    if above is None:
        return "future"
    tense = tense_at(above, words)
    if verb.dep in ("xcomp", "ccomp") and above.lemma in words.doing:
        return tense  # "declined to speak on Sunday"
    if verb.dep.startswith("acl") and {above.lower, *(child.lower for child in above.children)} & words.ordinals:
        return tense
    reason = verb.dep.startswith(("advcl", "acl")) and tense == "past"
    planned = above.lemma in words.planned and verb.dep in ("xcomp", "ccomp", "advcl")
    return "" if reason or (planned and tense != "future" and tense != "present") else "future"


def _form_of(verb: Node, group: list[Node], words: VerbWords) -> str:
    helpers = [n for n in group[1:] if n.pos != "PART"]  # the "to" of an infinitive helps no tense
    above = verb.head if verb.dep == "xcomp" and len(helpers) < len(group) - 1 else None
    if above is not None and above.pos == "AUX" and tense_at(above, words) == "past":
        return ""  # "was to begin on Friday": planned, it may be over
    if _perfect(verb, helpers) or (any(n.lower in words.unable for n in helpers) and _is_denied(verb, words)):
        return "past"
    if any(n.lower in words.future or n.morph("Tense") == "Fut" or n.morph("Mood") == "Cnd" for n in group):
        return "future"
    if any(n.morph("Tense") in ("Past", "Imp") and n.morph("VerbForm") == "Fin" for n in group):
        return "past"
    if verb.lemma in words.gone and helpers and not any(n.morph("VerbForm") == "Inf" for n in helpers):
        return "past"
    form = verb.morph("VerbForm")
    bare = form == "Inf" or any(n.morph("VerbForm") == "Inf" for n in helpers)
    if bare and verb.head is not None and any(child.lower in words.before for child in verb.children):
        return tense_at(verb.head, words)  # "was shut down before being restarted in October"
    if form == "Inf":
        if any(n.morph("VerbForm") == "Fin" and n.morph("Tense") == "Pres" for n in helpers):
            return "present"  # "does not agree"
        return "past" if helpers else _ahead(verb, words)
    if form == "Part" and verb.morph("Tense") == "Past":
        if not helpers and verb.dep in ("xcomp", "ccomp") and verb.head is not None:
            return tense_at(verb.head, words)  # "will make their choice known on Monday"
        passive = [n for n in helpers if n.dep == "aux:pass"]
        only_passive = bool(passive) and len(passive) == len(helpers)
        if only_passive and helpers[0].morph("VerbForm") == "Inf":
            return "future"  # "pourraient être libérés"
        return "present" if only_passive and helpers[0].morph("Tense") == "Pres" else "past"
    if form in ("Part", "Ger"):
        if any(n.morph("Tense") == "Pres" and n.morph("VerbForm") == "Fin" for n in helpers):
            over = any(n.morph("Tense") == "Past" for n in helpers)
            return "past" if over else "present"  # "has been selling", "is selling"
        tense = tense_at(verb.head, words) if verb.head is not None else ""
        own = verb.find("nsubj", "nsubj:pass") is not None  # "two will leave, the third departing in August"
        return tense if tense == "past" or (tense == "future" and own) else ""
    return "present" if any(n.morph("Tense") == "Pres" for n in group) else ""
