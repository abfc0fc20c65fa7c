"""Direct speech that goes on: further quotations of a paragraph, quotations over several paragraphs, headlines."""

import re

from ...model.records import Span
from ..tree import Node
from .cues import Cue
from .found import Found, Speaker
from .passage import EDGE, VERBAL, Passage
from .quotes import Quote
from .speakers import Reader

LEAST = 3  # words that a quotation without a cue of its own must have
_DASH = re.compile(r"[ ,]*[-―—–]{1,2} *")
_TURN = re.compile(r"([^\W\d_a-zà-öø-ÿ](?:[^\W\d_a-zà-öø-ÿ]|[ .'-]){2,30}): (?=[^\W_])")
_POST = re.compile(r"[-―—–] ?([^\W\d_][^()\n]{1,50}?) \(@\w{2,30}\)")
LONGEST = 9  # tokens of a speaker alone before a colon or behind a dash


def goes_on(passage: Passage, reader: Reader, claims: list[Found], last: Found | None) -> list[Found]:
    """Gives the quotations that no claim holds yet to the speech before them, or to whom the sentence before reports.
    Returns the claims that this adds; within a paragraph quotations become further parts of the speech before."""
    added: list[Found] = []
    for quote in passage.quotes:
        if any(_touches(claim, quote) for claim in [*claims, *added]) or not _alone(passage, quote):
            continue
        before = _before(passage, [*claims, *added], quote)
        if before is not None:
            for claim in before:
                claim.parts.append((quote.start, quote.end))
        elif (told := _told(passage, reader, claims, quote)) is not None:
            added.append(_continued(passage, quote, told))
        elif last is not None and not passage.text[passage.tree.start : quote.outer[0]].strip(EDGE):
            added.append(_continued(passage, quote, last))
    return added


def _touches(claim: Found, quote: Quote) -> bool:
    spans = [*claim.parts, *([claim.cue] if claim.cue else [])]
    return any(start < quote.outer[1] and quote.outer[0] < end for start, end in spans)


def _alone(passage: Passage, quote: Quote) -> bool:
    """Whether a quotation makes up sentences of its own."""
    if len([node for node in passage.between(quote.start, quote.end) if node.pos != "PUNCT"]) < LEAST:
        return False
    unit = passage.unit_at(quote.outer[0])
    begin = passage.lead(*unit) if not passage.text[unit[0] : quote.outer[0]].strip(EDGE) else unit[0]
    rest = passage.text[begin : quote.outer[0]] + passage.text[quote.outer[1] : unit[1]]
    return not rest.strip(EDGE + '"')


def _before(passage: Passage, claims: list[Found], quote: Quote) -> list[Found] | None:
    """The direct speech before a quotation in the same paragraph (with its relays)."""
    earlier = [claim for claim in claims if claim.speech and claim.parts[0][0] < quote.start]
    if not earlier:
        return None
    latest = max(earlier, key=lambda claim: claim.parts[0][0])
    return [claim for claim in earlier if claim.parts == latest.parts]


def _told(passage: Passage, reader: Reader, claims: list[Found], quote: Quote) -> Found | None:
    """What the sentence right before a quotation reports of the person who goes on in it ("Une habitante raconte avoir
    marché six heures. « On a tout laissé. »")."""
    before = [unit for unit in passage.units if unit[1] <= quote.outer[0]]
    if not before or passage.text[before[-1][1] : quote.outer[0]].strip(EDGE):
        return None
    begin, end = before[-1]
    told = [claim for claim in claims if claim.cue is not None and begin <= claim.cue[0] < end]
    outer = [one for one in told if not any(a <= (one.cue or (0, 0))[0] < b for each in told for a, b in each.parts)]
    spans = {one.speaker.span for one in outer if one.speaker is not None}
    one = outer[-1] if outer else None
    if one is None or one.speaker is None or len(spans) > 1 or reader.thing(one.speaker):
        return None
    return one


def _continued(passage: Passage, quote: Quote, last: Found) -> Found:
    found = Found(passage, [(quote.start, quote.end)], last.cue, last.speaker, "assert", speech=True)
    found.extra = list(last.extra)
    return found


def quoted_only(passage: Passage) -> bool:
    """Whether a paragraph is nothing but quotations."""
    tree, quotes = passage.tree, passage.quotes
    if not quotes or len(passage.nodes) < LEAST:
        return False
    gaps = [tree.start, *(edge for quote in quotes for edge in quote.outer), tree.end]
    return not any(passage.text[a:b].strip(EDGE + '"') for a, b in zip(gaps[::2], gaps[1::2], strict=True))


def adopted(orphan: Passage, passage: Passage, reader: Reader, cues: list[Cue], claims: list[Found]) -> list[Found]:
    """A paragraph of quotations whose speaker the next one names: its first quotation goes on with the speech, or it
    begins with the aside itself (", a déclaré la ministre")."""
    parts = [(quote.start, quote.end) for quote in orphan.quotes]
    first = next((claim for claim in claims if claim.speech and _first(passage, claim)), None)
    if first is not None:
        found = Found(orphan, parts, first.cue, first.speaker, "assert", speech=True)
        found.extra = list(first.extra)
        return [found]
    lead = passage.text[passage.tree.start : passage.nodes[0].end].strip()
    cue = cues[0] if cues and lead == "," and cues[0].first <= 2 and "q" in cues[0].verb.frames else None
    speaker = reader.inverted(cue.after, passage.unit_at(cue.span[0])[1]) if cue is not None else None
    if cue is None or speaker is None:
        return []
    return [Found(orphan, parts, cue.span, speaker, cue.verb.frames["q"], cue.verb.certainty, speech=True)]


def _first(passage: Passage, claim: Found) -> bool:
    """Whether a claim's content opens the paragraph."""
    return not passage.text[passage.tree.start : claim.parts[0][0]].strip(EDGE + '"')


def headline(passage: Passage, reader: Reader, claims: list[Found]) -> list[Found]:
    """A speaker, a colon and a quotation ("Macron : « … »"), or a statement, a dash and its speaker ("… - Kyiv")."""
    found: list[Found] = []
    for quote in passage.quotes:
        if any(_touches(claim, quote) for claim in claims):
            continue
        if passage.before(quote.outer[0], passage.tree.start) != ":":
            found += _signed(passage, reader, quote)
            continue
        unit = passage.unit_at(quote.outer[0])
        colon = passage.text.rfind(":", unit[0], quote.outer[0])
        speaker = _before_colon(passage, reader, passage.trim((unit[0], colon)))
        if speaker is not None and len(passage.between(quote.start, quote.end)) >= LEAST:
            found.append(Found(passage, [(quote.start, quote.end)], None, speaker, speech=True))
    if not found:
        alone = [] if claims else [_named_first(passage, reader), _named_last(passage, reader)]
        found += [claim for claim in (*alone, _turn(passage, reader, claims), _posted(passage)) if claim is not None]
    return found


def _signed(passage: Passage, reader: Reader, quote: Quote) -> list[Found]:
    """A quotation with a dash and a name behind it ("« … » - Jeanne Martin")."""
    end = passage.tree.end
    at = quote.outer[1]
    dash = _DASH.match(passage.text, at, end)
    if dash is None or len(passage.between(quote.start, quote.end)) < LEAST:
        return []
    name = next((name for name in reader.names if name.start == dash.end() and name.type != "LOC"), None)
    if name is None:
        return []
    node = passage.nodes[passage.index(name.start)]
    return [Found(passage, [(quote.start, quote.end)], None, Speaker(name.span, node), speech=True)]


def _turn(passage: Passage, reader: Reader, claims: list[Found]) -> Found | None:
    """A turn of a transcript: a name in capitals, a colon and what is said ("WALLACE: …")."""
    tree = passage.tree
    match = _TURN.match(passage.text, tree.start, tree.end) if not claims and tree.kind == "body" else None
    if match is None:
        return None
    first = passage.nodes[0]
    if (
        any(name.type != "PER" and name.start == first.start for name in reader.names)
        or len(passage.between(match.end(), tree.end)) < LEAST
    ):
        return None
    span = passage.trim(match.span(1))
    if span[1] - span[0] < LEAST + 1:
        return None
    content = passage.trim((match.end(), tree.end), " ")
    return Found(passage, [content], None, Speaker(span, passage.nodes[passage.index(span[0])]), form="direct")


def _posted(passage: Passage) -> Found | None:
    """An embedded post: its text, a dash, its author and the account in brackets ("… - Elena Costa (@ecosta)")."""
    tree = passage.tree
    match = _POST.search(passage.text, tree.start, tree.end) if "(@" in passage.low else None
    content = passage.trim((tree.start, match.start())) if match is not None else (0, 0)
    if match is None or len(passage.between(*content)) < LEAST:
        return None
    span = match.span(1)
    return Found(passage, [content], None, Speaker(span, passage.nodes[passage.index(span[0])]), form="direct")


def _before_colon(passage: Passage, reader: Reader, span: Span) -> Speaker | None:
    """Who stands alone before a colon: a name, a role, a body; a channel may follow ("Le maire, sur Telegram :")."""
    nodes = passage.between(*span)
    if not nodes or len(nodes) > LONGEST or any(node.pos in VERBAL and not reader.named(node) for node in nodes):
        return None
    last = nodes[-1].i + 1
    head = next((node for node in nodes if node.ent in ("PER", "ORG", "LOC") or node.pos == "PROPN"), None)
    known = next((node for node in nodes if node.pos == "NOUN" and _speaks(passage, node)), None)
    if known is not None and (head is None or known.i < head.i):
        head = known
    return Speaker(reader.phrase(head, first=nodes[0].i, last=last).span, head) if head is not None else None


def _titled(passage: Passage) -> bool:
    """Whether the paragraph is a headline: a title, or one line without a full stop."""
    return passage.tree.kind in ("title", "heading") and len(passage.units) == 1


def _named_first(passage: Passage, reader: Reader) -> Found | None:
    """ "Zelensky : les négociations sont au point mort": a person alone before the colon, a clause behind it."""
    if not _titled(passage):
        return None
    unit = passage.units[0]
    colon = passage.text.find(":", *unit)
    left = passage.trim((unit[0], colon)) if colon != -1 else unit
    person = next((name for name in reader.names if name.span == left and name.type == "PER"), None)
    right = passage.trim((colon + 1, unit[1]))
    if person is None or not any(node.morph("VerbForm") == "Fin" for node in passage.between(*right)):
        return None
    return Found(passage, [right], None, Speaker(left, passage.nodes[passage.index(left[0])]))


def _named_last(passage: Passage, reader: Reader) -> Found | None:
    """ "Trois morts dans une frappe - gouverneur": who says so stands behind the dash that ends a headline."""
    if not _titled(passage):
        return None
    unit = passage.units[0]
    dash = max(passage.text.rfind(mark, *unit) for mark in (" - ", " | "))
    if dash == -1 or passage.text[dash + 1] == "|":
        return None
    right = passage.trim((dash + 2, unit[1]))
    nodes = passage.between(*right)
    if not nodes or len(nodes) > LONGEST or any(node.pos in VERBAL or node.pos == "PUNCT" for node in nodes):
        return None
    person = any(name.span == right and name.type == "PER" for name in reader.names)
    head = next((node for node in nodes if node.pos in ("NOUN", "PROPN")), nodes[0])
    left = passage.trim((unit[0], dash))
    if not (person or _speaks(passage, head)) or len(passage.between(*left)) < LEAST:
        return None
    return Found(passage, [left], None, Speaker(right, head))


def after_colon(passage: Passage, reader: Reader, claims: list[Found]) -> list[Found]:
    """A quotation of a whole sentence after a colon, handed over by a verb that is none of speech ("a lu sa
    déposition : « … »", "a pris la parole : « … »"): its subject speaks."""
    found: list[Found] = []
    for quote in passage.quotes:
        if any(_touches(claim, quote) for claim in claims) or passage.before(quote.outer[0], passage.tree.start) != ":":
            continue
        inside = passage.between(quote.start, quote.end)
        unit = passage.unit_at(quote.outer[0])
        if len(inside) < LEAST or not any(node.morph("VerbForm") == "Fin" for node in inside):
            continue
        verbs = [node for node in passage.between(unit[0], quote.outer[0]) if node.pos == "VERB"]
        for verb in verbs:
            subject = verb.find("nsubj")
            if subject is None or not (subject.ent in ("PER", "ORG") or _speaks(passage, subject)):
                continue
            first = min([verb.i, *(child.i for child in verb.children if child.dep.startswith("aux"))])
            cue = (passage.nodes[first].start, verb.end)
            speaker = reader.phrase(subject, last=first if subject.i < first else None)
            found.append(Found(passage, [(quote.start, quote.end)], cue, speaker, speech=True))
            break
    return found


def _speaks(passage: Passage, node: Node) -> bool:
    return not passage.lex.voices.isdisjoint((passage.words[node.i], node.lemma.lower()))
