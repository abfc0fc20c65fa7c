"""Several voices in one row: each speaker once, whichever articles tell it; articles in their own name counted."""

from collections.abc import Hashable, Iterable, Sequence

from ..model.records import UNGIVEN, Claim
from ..model.relations import Ref
from .index import Index
from .lines import small, source_label, through, who
from .model import Part
from .telling import act_key
from .wording import Parts, fill, joined


def speaker(index: Index, ref: Ref) -> Hashable:
    """What a claim's speaker is known by: its first sources, else its label; empty where nobody is named."""
    claim = index.claim(ref)
    if claim is None:
        return ""
    label = source_label(index, ref[0], claim).lower()
    statement = index.statement_of.get(ref)
    return statement.first_sources if label and statement is not None and statement.first_sources else label


def voiced(index: Index, refs: Iterable[Ref], docs: Iterable[str] = ()) -> Parts:
    """Who says it, each speaker once, then the articles (`docs`) that say it in their own name."""
    shown: dict[Hashable, Parts] = {}
    known = sorted(refs, key=lambda ref: (not index.at_home(ref[0]), index.numbers[ref[0]]))
    for ref in known:
        claim = index.claim(ref)
        if claim is None:
            continue
        name = (
            (Part(index.reader.phrase("brief.act.conditional", n=1)),)
            if _nobody(claim)
            else who(index, ref[0], claim)[0]
        )
        if name not in shown.values():
            shown.setdefault(speaker(index, ref), (*name, *through(index, ref[0], claim)))
    names = [name if i == 0 else small(index, known[0][0], name) for i, name in enumerate(shown.values())]
    own = len(set(docs))
    if own:
        names.append(fill(index.reader, "brief.who.outlet", n=own))
    return joined(names, index.reader.phrase("brief.between"))


def below_headlines(index: Index, refs: Sequence[Ref]) -> list[Ref]:
    """The claims without those of headlines whose article says the same below: its title shortens the name of who it
    quotes there ("selon l'ONU"), and is no further source."""
    body = {ref[0] for ref in refs if not _in_headline(index, ref)}
    return [ref for ref in refs if ref[0] not in body or not _in_headline(index, ref)]


def _in_headline(index: Index, ref: Ref) -> bool:
    claim = index.claim(ref)
    block = index.block_at(ref[0], claim.start) if claim is not None else None
    return block is not None and block.kind != "body"


def doubting(index: Index, refs: Iterable[Ref]) -> Parts:
    """Who denies it, leaves it open, fears or foresees it: none of those who say it."""
    found: dict[Hashable, Parts] = {}
    for ref in refs:
        claim = index.claim(ref)
        if claim is not None and claim.act in UNGIVEN:
            name = small(index, ref[0], who(index, ref[0], claim)[0])
            key = act_key(index, ref[0], claim) if claim.act == "expect" else claim.act
            found.setdefault((claim.act, speaker(index, ref)), fill(index.reader, f"brief.stance.{key}", who=name))
    return joined(list(dict.fromkeys(found.values())), index.reader.phrase("brief.between"))


def _nobody(claim: Claim) -> bool:
    return claim.source is None and claim.form == "conditional"


def clearest(index: Index, refs: Sequence[Ref], fewest: int = 3) -> Ref:
    """The claim whose words are shown for several: of the reader's language, no headline, the shortest."""

    def rank(ref: Ref) -> tuple[object, ...]:
        claim = index.claim(ref)
        assert claim is not None
        short, headline = len(claim.text.split()) < fewest, _in_headline(index, ref)
        return not index.at_home(ref[0]), short, headline, len(claim.text), index.numbers[ref[0]], ref[1]

    return min(refs, key=rank)
