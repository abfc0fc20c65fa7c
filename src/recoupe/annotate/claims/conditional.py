"""The reportive conditional ("aurait perdu", "serait mort"), told from the hypothetical one."""

import operator
from itertools import compress

from ...model.records import Span
from ..tree import Node
from .contents import Frames
from .found import Found
from .passage import Passage

_REPORTS = operator.attrgetter("reports")


def reported(passage: Passage, frames: Frames, others: list[Found]) -> list[Found]:
    """One claim without a source for each clause in the reportive conditional outside the content of others."""
    rules = passage.lex.words.conditional
    if not rules.auxiliaries:
        return []
    nodes = list(compress(passage.nodes, map(_REPORTS, passage.known)))
    covered = [part for claim in others for part in claim.parts] if nodes else []
    found = []
    for node in nodes:
        if any(start <= node.start < end for start, end in covered) or passage.quote_at(node.start) is not None:
            continue
        verb = _verb(passage, node)
        if verb is None or not _reports(passage, node, verb):
            continue
        span, cue = _clause(passage, frames, node, verb)
        if span is not None:
            found.append(Found(passage, [span], cue, None, form="conditional", fixed=True))
            covered.append(span)
    return found


def _verb(passage: Passage, node: Node) -> Node | None:
    """The verb of a conditional auxiliary, or the word itself; None where it is not of the reporting kind."""
    rules = passage.lex.words.conditional
    if passage.words[node.i] in rules.auxiliaries:
        for other in passage.nodes[node.i + 1 : node.i + 7]:
            if (
                other.morph("VerbForm") == "Part"
                and other.morph("Tense") != "Pres"
                and other.pos in ("VERB", "AUX", "ADJ")
            ):
                if other.i + 1 < len(passage.nodes) and passage.words[other.i] in passage.lex.words.passive_perfect:
                    nxt = next((n for n in passage.nodes[other.i + 1 : other.i + 4] if n.pos == "VERB"), None)
                    return nxt or other
                return other
            if other.pos not in ("ADV", "PRON", "AUX", "PUNCT"):
                break
        return node if passage.words[node.i] in rules.auxiliaries else None
    return node if node.lemma in rules.states else None


def _reports(passage: Passage, node: Node, verb: Node) -> bool:
    """No supposition, wish or ability, and a subject of which one can report."""
    rules = passage.lex.words.conditional
    unit = passage.unit_at(node.start)
    if verb.lemma in rules.never:
        return False
    words = [passage.words[other.i] for other in passage.between(*unit)]
    text = passage.text[unit[0] : unit[1]].lower()
    if any(word in words for word in rules.hypothetical if " " not in word) or any(
        word in text for word in rules.hypothetical if " " in word
    ):
        return False
    subject = verb.find("nsubj", "nsubj:pass", "expl:subj") or node.find("nsubj", "nsubj:pass", "expl:subj")
    if subject is None and node.head is not None:
        subject = node.head.find("nsubj", "nsubj:pass", "expl:subj")
    if subject is not None and passage.words[subject.i] in rules.subjects_not:
        return False
    return verb is not node or _stative(passage, node, subject)


def _stative(passage: Passage, node: Node, subject: Node | None) -> bool:
    """A present conditional reports only of a named subject in a main clause."""
    if subject is None or subject.pos == "PRON":
        return False
    nxt = passage.nodes[node.i + 1] if node.i + 1 < len(passage.nodes) else None
    if passage.words[node.i] in passage.lex.words.conditional.auxiliaries and (
        nxt is None or nxt.pos not in ("ADJ", "VERB", "ADP")
    ):
        return False  # "serait une catastrophe", "aurait besoin" judge; "serait en fuite" reports
    top = node if node.head is None or node.dep not in ("aux", "cop", "aux:tense", "aux:pass") else node.head
    return top.dep in ("ROOT", "conj") and nxt is not None


def _clause(passage: Passage, frames: Frames, node: Node, verb: Node) -> tuple[Span | None, Span]:
    """The clause of the verb, its subject included, and the cue (auxiliary and participle)."""
    unit = passage.unit_at(node.start)
    cue = (min(node.start, verb.start), max(node.end, verb.end))
    if verb is node and node.head is not None and node.dep in ("cop", "aux", "aux:tense", "aux:pass"):
        verb = node.head
        if verb.i == node.i + 1 and verb.pos in ("ADJ", "VERB"):
            cue = (node.start, verb.end)
    inside = [other for other in verb.subtree() if unit[0] <= other.start < unit[1]]
    start, end = min(other.start for other in inside), max(other.end for other in inside)
    subject = verb.find("nsubj", "nsubj:pass") if verb.dep != "acl:relcl" else None
    if subject is not None and subject.i < verb.i:
        start = max(start, passage.nodes[subject.leftmost()].start)
        end = max(end, cue[1]) if verb.dep in ("ROOT", "parataxis") else end
    elif verb.dep in ("ROOT", "parataxis") or verb.head is None:
        start = passage.lead(unit[0], unit[1])
        end = max(end, cue[1])
    first = passage.index(start)
    if passage.word(first) in passage.lex.words.backgrounds:
        start = passage.nodes[first].end  # "…, où des civils auraient été massacrés"
    commas = (each.start for each in passage.between(cue[1], end) if frames.sums_up(each.i) and each.text == ",")
    span = passage.trim((start, next(commas, end)))
    return (span if span[0] < span[1] else None), cue
