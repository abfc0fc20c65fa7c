"""Questions that the articles, or two speakers in one, answer differently. No answer is ranked and none is dropped."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...lang import LanguagePack
from ...model.article import digest
from ...model.relations import Answer, Dispute, Happening, Ref, Story, Truce
from ..questions import Count
from ..reading import Reading
from .blames import Contest, blames, broken
from .charges import charges
from .denials import Denial, denials
from .numbers import Numbers, numbers


class Desk:
    """What wording a dispute takes: the articles, their stories and what happened."""

    def __init__(self, readings: Sequence[Reading], stories: Sequence[Story], of: Mapping[Ref, Happening]) -> None:
        self.of = of
        self.by_id = {reading.id: reading for reading in readings}
        self.stories = stories
        self.labels = readings[0].register.labels if readings else {}
        self.together = together(stories)

    def pack(self, answers: Iterable[Answer]) -> LanguagePack:
        """The language of most of the articles that answer, ties by its code."""
        packs = {answer.doc: self.by_id[answer.doc].pack for answer in answers}
        counts = Counter(found.code for found in packs.values())
        code = min(counts, key=lambda c: (-counts[c], c))
        return next(found for found in packs.values() if found.code == code)

    def story(self, answers: Iterable[Answer]) -> str | None:
        """The smallest story that holds the most of the answering articles."""
        docs = {answer.doc for answer in answers}
        held = [s for s in self.stories if docs & set(s.docs)]
        return min(held, key=lambda s: (-len(docs & set(s.docs)), len(s.docs), s.id)).id if held else None

    def about(self, happening: Happening | None, place: str | None) -> str:
        """A happening in a few words that the records hold: what, where, on which day."""
        if happening is None:
            return self.labels.get(place or "", "")
        doc, mention = happening.mentions[0]
        words = [self.by_id[doc].by_id[mention].text]
        where = self.labels.get(happening.place or place or "")
        words += [where] if where else []
        words += [happening.earliest[:10]] if happening.earliest else []
        return ", ".join(words)


def together(stories: Iterable[Story]) -> frozenset[frozenset[str]]:
    """The pairs of articles that share a story."""
    return frozenset(frozenset(pair) for story in stories for pair in itertools.combinations(story.docs, 2))


def disputes(desk: Desk, counts: Sequence[Count], truces: Sequence[Truce]) -> tuple[Dispute, ...]:
    """Every dispute: numbers, denials, truces said to be kept and broken, and blame."""
    readings = list(desk.by_id.values())
    charged = charges(readings, desk.of)
    found = [_number(desk, item) for item in numbers(counts)]
    contests = [contest for truce in truces if (contest := broken(truce, desk.by_id))]
    found += [_broken(desk, contest) for contest in contests]
    found += [_blame(desk, contest) for contest in blames(charged, desk.together, truces)]
    # Who orders, takes or refuses a truce, says that it is kept or charges the other side answers that question and no
    # other: a refusal denies no fact.
    settled = frozenset(answer.claim for truce in truces for answer in truce.answers if answer.stance != "other")
    found += [_denial(desk, item) for item in denials(readings, desk.together, charged, desk.of, settled)]
    return tuple(
        sorted({d.id: d for d in found}.values(), key=lambda d: (d.kind, d.answers[0].doc, d.answers[0].start, d.id))
    )


def _id(kind: str, answers: Sequence[Answer]) -> str:
    return digest("dispute", kind, *sorted((a.doc, a.start, a.end, a.claim or "", a.group) for a in answers))


def _number(desk: Desk, item: Numbers) -> Dispute:
    pack, first = desk.pack(item.answers), item.counts[0]
    about = desk.about(next((count.occasion for count in item.counts if count.occasion), None), first.place)
    question = pack.phrase(f"relate.question.{first.figure.measure}", about=about)
    relation = "compatible" if item.compatible else "opposed"
    return Dispute(
        id=_id("number", item.answers), question=question, kind="number", answers=item.answers,
        relation="compatible" if relation == "compatible" else "opposed", why=f"relate.why.{item.why}",
        story=desk.story(item.answers),
    )  # fmt: skip


def _broken(desk: Desk, contest: Contest) -> Dispute:
    pack, truce = desk.pack(contest.answers), contest.truce
    about = truce.earliest[:10] if truce and truce.earliest else contest.about[1].text
    said = {1: pack.phrase("relate.no"), 2: pack.phrase("relate.yes")}
    answers = _saying(contest.answers, said)
    return Dispute(
        id=_id("kept", answers), question=pack.phrase("relate.question.kept", about=about), kind="denial",
        answers=answers, why="relate.why.denied", story=desk.story(answers),
    )  # fmt: skip


def _blame(desk: Desk, contest: Contest) -> Dispute:
    pack = desk.pack(contest.answers)
    question = pack.phrase("relate.question.blame", about=contest.about[1].text)
    return Dispute(
        id=_id("blame", contest.answers), question=question, kind="blame", answers=contest.answers,
        why="relate.why.blame", story=desk.story(contest.answers),
    )  # fmt: skip


def _denial(desk: Desk, item: Denial) -> Dispute:
    pack = desk.pack(item.answers)
    answers = _saying(item.answers, {1: pack.phrase("relate.yes"), 2: pack.phrase("relate.no")})
    return Dispute(
        id=_id("denial", answers), question=pack.phrase("relate.question.denial", words=item.words.claim.text),
        kind="denial", answers=answers, why="relate.why.denied", story=desk.story(answers),
    )  # fmt: skip


def _saying(answers: Iterable[Answer], said: Mapping[int, str]) -> tuple[Answer, ...]:
    from msgspec.structs import replace

    return tuple(replace(answer, says=said[answer.group]) for answer in answers)


__all__ = ["Desk", "disputes", "together"]
