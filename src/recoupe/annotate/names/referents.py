"""One slug for one referent of the article."""

from collections.abc import Iterator, Sequence

from ...lang.spelling import skeleton, slugged
from ..draft import Draft
from .mentions import Mention
from .words import Lexicon, words


def referents(mentions: Sequence[Mention], draft: Draft, lexicon: Lexicon) -> Iterator[tuple[Mention, str, str | None]]:
    """Each mention with its referent's slug and what it stands for."""
    people = _people([draft.text[m.start : m.end] for m in mentions if m.type == "PER" and not m.entity])
    for mention in mentions:
        text = draft.text[mention.start : mention.end]
        yield mention, mention.entity or _slug(mention, text, people), None


def _slug(mention: Mention, text: str, people: dict[str, str]) -> str:
    prefix = mention.type.lower() + "/"
    if mention.type == "PER":
        return prefix + people[text]
    if mention.type == "ORG" and mention.concepts:
        country = mention.country.removeprefix("loc/")
        return prefix + "-".join(filter(None, (country, *sorted(mention.concepts))))
    if mention.type == "LOC" and mention.country and not mention.concepts:
        return mention.country
    return prefix + (_key(text) or slugged(text) or "x")


def _key(text: str) -> str:
    return "-".join(filter(None, (skeleton(word.text) for word in words(text) if word.text[0].isalnum())))


def _people(forms: Sequence[str]) -> dict[str, str]:
    """From each form to the slug of the fullest form of the same person."""
    keys = {form: _key(form) for form in forms}
    full = sorted({key for key in keys.values() if "-" in key}, key=lambda key: (-len(key), key))
    slugs: dict[str, str] = {}
    for form, key in keys.items():
        matches = [other for other in full if other == key or other.split("-")[-1] == key or key in other.split("-")]
        slugs[form] = matches[0] if matches and "-" not in key else key
    return {form: slug or slugged(form) or "x" for form, slug in slugs.items()}
