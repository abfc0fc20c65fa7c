"""Speakers whose verb is the one before: "Kyiv parle de 400 morts, Moscou de 89", "Bakou annonce 12 tués, Erevan 4"."""

import dataclasses

from ...model.records import Time
from ..tree import Node
from .found import Found, Speaker
from .passage import EDGE, VERBAL, Passage
from .speakers import Reader

# How many tokens a speaker without a verb may have, and the words between it and its number ("près de").
LONGEST = 5
BOUNDS = 4
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "ADP"})


def gapped(passage: Passage, reader: Reader, claims: list[Found], times: list[Time]) -> list[Found]:
    """The claims of further speakers who give a number each under one verb; what the first one's content had of them is
    cut off it."""
    added: list[Found] = []
    for claim in (queue := list(claims)):  # grows: a third speaker's number stands behind the second's
        if claim.cue is None or claim.speaker is None or len(claim.parts) != 1 or claim.around or claim.noun:
            continue
        start, _ = claim.parts[0]
        if start < claim.cue[1]:
            continue
        content = passage.between(start, passage.unit_at(claim.cue[0])[1])
        last = next((i for i in range(len(content) - 1, 0, -1) if _is_number(content[i])), 0)
        for i, node in enumerate(content[:last]):
            if (node.text == "," or node.pos == "CCONJ") and any(map(_counts, content[:i])):
                other = _other(passage, reader, claim, content[i + 1 :], times)
                if other is not None:
                    claim.parts = [(start, _end(passage, start, node.start))]
                    added.append(other)
                    queue.append(other)
                    break
    return added


def _other(passage: Passage, reader: Reader, claim: Found, nodes: list[Node], times: list[Time]) -> Found | None:
    """The claim of a speaker whose name opens these tokens and has but a number after it."""
    while nodes and nodes[0].pos in ("CCONJ", "PUNCT"):
        nodes = nodes[1:]
    hands = _handed(passage, claim, nodes)
    size = next((i for i, node in enumerate(nodes[: LONGEST + 1]) if _opens(node, nodes[i + 1 :], hands)), 0)
    speaker, rest = nodes[:size], nodes[size:]
    if (
        not speaker
        or not _is_name(speaker)
        or any(speaker[0].start < t.end and t.start < speaker[-1].end for t in times)
    ):
        return None
    aside = 0  # "les rebelles, eux, de 40"
    while aside < len(rest) and rest[aside].pos in ("PUNCT", "PRON", "ADV") and not _bounds(rest[aside:]):
        aside += 1
    if hands is not None:
        aside += 1
    said = _said(rest[aside:])
    if not any(map(_is_number, said[:BOUNDS])):
        return None
    head = next((node for node in reversed(speaker) if node.pos in ("PROPN", "NOUN")), speaker[-1])
    span = said[0].start, _end(passage, said[0].start, said[-1].end)
    who = Speaker((speaker[0].start, speaker[-1].end), head)
    if not reader.able(who):
        return None  # "la destruction de deux navires et la prise de trois positions"
    return dataclasses.replace(claim, parts=[span], speaker=who, extra=[], entity=None)


def _handed(passage: Passage, claim: Found, nodes: list[Node]) -> str | None:
    """The preposition that hands the first number over: behind the cue ("parle de 400") or inside the content ("put
    the toll at 61")."""
    lead = passage.between(claim.cue[1], claim.parts[0][0]) if claim.cue is not None else []
    if lead and lead[-1].pos == "ADP":
        return lead[-1].lemma
    inside = passage.between(claim.parts[0][0], nodes[0].start) if nodes else []
    number = next((i for i, node in enumerate(inside) if _is_number(node)), 0)
    markers = passage.lex.words.measure_markers
    marked = next((node for node in reversed(inside[max(0, number - BOUNDS) : number]) if node.pos == "ADP"), None)
    return marked.lemma if marked is not None and passage.words[marked.i] in markers else None


def _opens(node: Node, after: list[Node], hands: str | None) -> bool:
    """Whether what was said begins at a token: the preposition of the first content, or the number itself; an aside may
    stand before it."""
    if node.pos == "PUNCT" and after and after[0].pos in ("PRON", "ADV"):
        return any(_opens(later, after[i + 1 :], hands) for i, later in enumerate(after[:3]) if later.pos != "PUNCT")
    if hands is not None:
        return node.pos == "ADP" and node.lemma == hands and any(map(_is_number, after[:BOUNDS]))
    return _is_number(node) or (node.pos == "ADV" and any(map(_is_number, after[:BOUNDS])))


def _bounds(nodes: list[Node]) -> bool:
    """Whether a number, or an adverb that bounds one, opens these tokens ("plus de 50")."""
    bound = nodes[0].pos == "ADV" and len(nodes) > 2 and nodes[1].pos in ("ADP", "ADV")
    return _is_number(nodes[0]) or (bound and any(map(_is_number, nodes[1:3])))


def _said(nodes: list[Node]) -> list[Node]:
    """The tokens up to the end of the clause."""
    said: list[Node] = []
    for node in nodes:
        if node.text in (",", ";", ".", ":", "(") or node.pos in VERBAL or node.pos == "SCONJ":
            break
        said.append(node)
    return said


def _is_name(nodes: list[Node]) -> bool:
    """Whether tokens name a speaker: a proper name, or a noun with its article, and no number."""
    if any(node.pos not in NAMING or _is_number(node) for node in nodes):
        return False
    return nodes[0].pos == "PROPN" or (nodes[0].pos == "DET" and any(node.pos in ("NOUN", "PROPN") for node in nodes))


def _is_number(node: Node) -> bool:
    return node.pos == "NUM" or node.text[:1].isdigit()


def _counts(node: Node) -> bool:
    return _is_number(node) or node.morph("Definite") == "Ind"


def _end(passage: Passage, start: int, end: int) -> int:
    while end > start and passage.text[end - 1] in EDGE:
        end -= 1
    return end
