"""What nobody could check ("Reuters n'a pas pu vérifier …", "ces affirmations n'ont pas pu être vérifiées"), or was
denied, no one says by whom ("l'information a été démentie")."""

from ...model.records import Span
from ..tree import Node
from .contents import Frames
from .expressions import Unverified
from .found import Found, Speaker
from .passage import VERBAL, Passage
from .speakers import Reader

NEAR = 6  # tokens between the comma of an apposition and what is said of it


def unverified(passage: Passage, reader: Reader, frames: Frames) -> list[Found]:
    """An open question or a denial each: of whoever could not check it, or of the outlet where it only was not."""
    found = []
    low = passage.low
    for pattern, rule in passage.expressions.unverified:
        for match in pattern.finditer(low):
            cue = passage.tree.start + match.start(1), passage.tree.start + match.end(1)
            if passage.quote_at(cue[0]) is None:
                claim = _open(passage, reader, frames, cue, rule)
                if claim is not None:
                    found.append(claim)
    return found


def _open(passage: Passage, reader: Reader, frames: Frames, cue: Span, rule: Unverified) -> Found | None:
    unit = passage.unit_at(cue[0])
    if rule.apposed:
        part = _taking_up(passage, frames, cue[0])
        return Found(passage, [part], cue, None, rule.act, rule.certainty, fixed=True) if part is not None else None
    found = _subject(passage, cue, unit)
    if found is None:
        return None
    subject, verb = found
    relative = passage.words[subject.i] in (*passage.lex.words.relatives, *passage.lex.words.complementizers)
    speaker: Speaker | None = None
    if rule.passive:
        parts = [] if relative else [reader.phrase(subject, last=passage.index(cue[0])).span]
    else:
        speaker = reader.standing(subject, verb)
        parts = _checked(passage, reader, frames, cue, unit)
    if not parts:
        return None
    return Found(passage, parts, cue, speaker, rule.act, rule.certainty, fixed=True)


def _taking_up(passage: Passage, frames: Frames, start: int) -> Span | None:
    """The noun behind a comma that takes up what was said and that the cue describes (", un bilan | invérifiable")."""
    last = passage.index(start) - 1
    for i in range(last - 1, max(0, last - NEAR), -1):
        if passage.words[i] == ",":
            return (passage.nodes[i + 1].start, passage.nodes[last].end) if frames.sums_up(i) else None
        if passage.nodes[i].pos in VERBAL:
            break
    return None


def _subject(passage: Passage, cue: Span, unit: Span) -> tuple[Node, Node] | None:
    """The subject of the cue's verbs, before it, and its verb."""
    verbs = [node for node in passage.between(*cue) if node.pos in VERBAL]
    for verb in [*verbs, *(above for node in verbs[:1] for above in node.ancestors())]:
        subject = verb.find("nsubj", "nsubj:pass", "expl:subj")
        if subject is not None and unit[0] <= subject.start < cue[0]:
            return subject, verb
    return None


def _checked(passage: Passage, reader: Reader, frames: Frames, cue: Span, unit: Span) -> list[Span]:
    """What was not checked: the clause or noun phrase behind the cue, adverbs passed over."""
    i = passage.index(cue[1])
    nodes, words = passage.nodes, passage.lex.words
    while i < len(nodes) and (nodes[i].pos == "ADV" or reader.timed(nodes[i])):
        i += 1
    if i >= len(nodes) or nodes[i].start >= unit[1]:
        return []
    if passage.words[i] in (*words.complementizers, *words.conditions):
        return frames.stripped(nodes[i].end, unit[1])
    if not frames.opens_phrase(nodes[i]) and passage.words[i] not in words.whether:
        return []
    comma = passage.text.find(",", nodes[i].start, unit[1])
    return frames.stripped(nodes[i].start, comma if comma != -1 else unit[1])
