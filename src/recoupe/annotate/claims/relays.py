"""Who relays whom: "Interfax, citant le ministère", "a cité le porte-parole, affirmant que"."""

from .cues import Cue
from .found import Found, Speaker
from .passage import Passage
from .speakers import Reader


def relays(passage: Passage, reader: Reader, cues: list[Cue], claims: list[Found]) -> list[Found]:
    """One claim more for each citing verb: on the content of the claim that it stands beside, by the one who is
    cited (participle) or by the one who cites (finite verb)."""
    found: list[Found] = []
    for cue in cues:
        if "r" not in cue.verb.frames or passage.quote_at(cue.span[0]) is not None:
            continue
        passive = cue.passive and cue.shape == "bare"  # "des témoins cités par Reuters": Reuters relays
        cited = reader.agent(cue) if passive else reader.inverted(cue.after, passage.unit_at(cue.span[0])[1])
        comma = passage.text.find(",", *cited.span) if passive and cited is not None else -1
        if cited is not None and comma != -1 and cited.head is not None and cited.head.start < comma:
            cited = reader.phrase(cited.head, first=cue.after + 1, last=passage.index(comma))
        if cited is None or (cited.head is not None and passage.words[cited.head.i] in passage.lex.nouns):
            continue
        host = _host(passage, cue, [claim for claim in claims if not _of_cited(claim, cue, cited)])
        if host is None:
            continue
        relative = cue.shape == "finite" and passage.word(cue.first - 1) in passage.lex.words.relatives
        if cue.span[0] < (host.cue or cue.span)[0] and cue.shape == "finite" and not relative:
            citing = reader.subject(cue)
            if citing is None:
                continue
            host.speaker = cited
            found.append(Found(passage, list(host.parts), cue.span, citing, relay=True, fixed=True))
        elif passive:
            found.append(Found(passage, list(host.parts), cue.span, cited, relay=True, fixed=True))
        else:
            host.relay = True
            found.append(Found(passage, list(host.parts), cue.span, cited, extra=reader.joint(cited)))
    return found


def _of_cited(claim: Found, cue: Cue, cited: Speaker) -> bool:
    """Whether a claim behind a citing verb is the cited one's own ("citant la police, qui a démenti P")."""
    after = claim.cue is not None and claim.cue[0] > cue.span[0] and cue.shape != "finite"
    return after and claim.speaker is not None and claim.speaker.span == cited.span


def _host(passage: Passage, cue: Cue, claims: list[Found]) -> Found | None:
    """The claim of the same sentence that a citing verb belongs to: after a finite verb, before a participle."""
    unit = passage.unit_at(cue.span[0])
    near = [claim for claim in claims if claim.cue is not None and unit[0] <= claim.cue[0] < unit[1] and claim.speaker]
    relative = passage.word(cue.first - 1) in passage.lex.words.relatives
    if cue.shape == "finite" and not relative:
        later = [claim for claim in near if claim.cue is not None and claim.cue[0] > cue.span[1]]
        return later[0] if later else None
    earlier = [claim for claim in near if claim.cue is not None and claim.cue[0] < cue.span[0]]
    later = [claim for claim in near if claim.cue is not None and claim.cue[0] > cue.span[0]]
    return earlier[-1] if earlier else later[0] if later else None
