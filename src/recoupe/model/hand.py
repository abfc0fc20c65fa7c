"""What people have said of a set of articles, as whoever tells of them needs it: what is reviewed, what is settled."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from .records import Annotated
from .relations import Dispute, Ref
from .reviews import Review, Status, by_record, in_force

RIGHT = frozenset({"confirmed", "corrected"})
SIGNED = frozenset({"checked", "published"})


class Settled(msgspec.Struct, frozen=True):
    """Who holds a dispute for settled, with the reason in the note; `since` counts the answers that came later."""

    review: Review
    since: int = 0


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """`reviewed` are the records that enough people hold for right, `settled` is by dispute id."""

    reviewed: frozenset[Ref] = frozenset()
    settled: Mapping[str, tuple[Settled, ...]] = {}


# No person has said anything.
NOBODY = Hand()


class Standing(msgspec.Struct, frozen=True):
    """The status of one thing: what it counts as, who signed it, how many signatures it lacks to be checked, and who
    holds it for wrong."""

    status: Status
    by: tuple[str, ...] = ()
    missing: int = 0
    against: tuple[str, ...] = ()


def standing(reviews: Iterable[Review], needed: int = 1) -> Standing:
    """The status that reviews in force give: checked once `needed` different people say so, published once it is
    checked and one of these has published it. Who holds a thing for wrong signs nothing."""
    said = list(reviews)
    against = tuple(one.who for one in said if one.verdict == "rejected")
    looked = [one for one in said if one.verdict != "rejected" and one.status in SIGNED]
    signed = tuple(dict.fromkeys(one.who for one in looked))
    if len(signed) < needed:
        return Standing("to_check", signed, needed - len(signed) if signed else 0, against)
    published = any(one.status == "published" for one in looked)
    return Standing("published" if published else "checked", signed, against=against)


def hand(
    articles: Sequence[Annotated],
    disputes: Sequence[Dispute],
    reviews: Iterable[Review],
    needed: Callable[[str], int] = lambda _: 1,
) -> Hand:
    """What a log of reviews says of some articles and disputes; `needed` tells how many people make a record of an
    article right."""
    listed = list(reviews)
    right = frozenset(
        ref
        for ref, some in by_record(articles, listed).items()
        if len({review.who for review in in_force(some) if review.verdict in RIGHT}) >= needed(ref[0])
    )
    return Hand(reviewed=right, settled=settled(disputes, (one for one in listed if not one.doc))[0])


def settled(
    disputes: Sequence[Dispute], reviews: Iterable[Review]
) -> tuple[dict[str, tuple[Settled, ...]], list[Review]]:
    """What is settled, by dispute; and the orphans, whose dispute is no more. A dispute is found again by its id, else
    by its answers: their words stay where an arrival gives it more of them and another id."""
    words = {one.id: {(answer.doc, answer.text) for answer in one.answers} for one in disputes}
    held: dict[str, list[Review]] = defaultdict(list)
    orphans = []
    for review in reviews:
        if review.layer != "dispute" or review.verdict not in ("settled", "withdrawn"):
            continue
        found = review.record if review.record in words else _again(words, review)
        if found:
            held[found].append(review)
        else:
            orphans.append(review)
    kept = {
        key: tuple(Settled(one, len(words[key] - set(one.about)) if one.about else 0) for one in in_force(some))
        for key, some in held.items()
    }
    return {key: some for key, some in kept.items() if some}, [one for one in orphans if one.verdict == "settled"]


def _again(words: Mapping[str, set[tuple[str, str]]], review: Review) -> str:
    """The dispute that has most of the answers known when it was settled, and at least half of them."""
    about = set(review.about)
    shared = {key: len(about & some) for key, some in words.items()}
    best = max(shared, key=lambda key: (shared[key], key), default="")
    return best if best and shared[best] * 2 >= max(len(about), 1) else ""
