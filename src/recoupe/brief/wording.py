"""Sentences of ours out of templates, and the article's own words inside them."""

from collections.abc import Sequence

import msgspec
from babel.numbers import format_decimal, format_percent

from ..lang import LanguagePack
from ..model.records import Figure, Span
from .index import Index
from .model import Part, Support
from .words import words_of

# A line is read in one breath: longer words of an article are cut at a word and marked, the link shows them whole.
LONGEST = 240
MARK = "\x1f"
# "Dozens", "hundreds", "thousands" are read as 20 to 99, 200 to 999 …: the upper end is this many times the lower.
VAGUE = 5
Parts = tuple[Part, ...]


def fill(pack: LanguagePack, key: str, /, **values: Parts | str | int) -> Parts:
    """A template with its {names} filled by parts (kept with their styles), strings or counts."""
    slots = {name: value for name, value in values.items() if isinstance(value, tuple)}
    plain = {name: value for name, value in values.items() if not isinstance(value, tuple)}
    text = pack.phrase(key, **plain, **{name: f"{MARK}{name}{MARK}" for name in slots})
    found: list[Part] = []
    for i, piece in enumerate(text.split(MARK)):
        if i % 2:
            found.extend(slots[piece])
        elif piece:
            found.append(Part(piece))
    return tuple(found)


def joined(parts: Sequence[Parts], between: str) -> Parts:
    """Several groups of parts with a string between them."""
    found: list[Part] = []
    for i, group in enumerate(group for group in parts if group):
        found.extend([Part(between), *group] if i else group)
    return tuple(found)


def capital(parts: Parts) -> Parts:
    """The parts with a capital first letter, as a sentence begins."""
    if not parts or not parts[0].text or parts[0].kind == "quote":
        return parts
    first = parts[0]
    return (msgspec.structs.replace(first, text=first.text[0].upper() + first.text[1:]), *parts[1:])


def cut(text: str, pack: LanguagePack, longest: int = LONGEST) -> str:
    """The text in one line, cut at a word where it is longer than a breath."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + f" {words_of(pack).cut}"


def quoted(index: Index, doc: str, span: Span) -> bool:
    """Whether the article itself has these words between quotation marks: one opens right before them, and one
    closes right after or the paragraph ends (a quotation that goes on in the next)."""
    block = index.block_at(doc, span[0])
    if block is None:
        return False
    text = index.words_of(doc).normal(index.raw(doc, block.span))
    before, inside = text[: span[0] - block.start].rstrip(), text[span[0] - block.start : span[1] - block.start]
    after = text[span[1] - block.start :].lstrip(" .,!?…")
    return before.endswith('"') and inside.count('"') % 2 == 0 and (not after or after.startswith('"'))


def own_words(index: Index, doc: str, spans: Sequence[Span], direct: bool = False, longest: int = LONGEST) -> Parts:
    """The article's words in their style: quoted (inside our marks) only where the article quotes them."""
    pack, reader = index.words_of(doc), index.reader
    lang = index.by_id[doc].article.lang
    shown = [_balanced(index, doc, span) for span in spans]
    text = cut(f" {words_of(reader).cut} ".join(index.raw(doc, span) for span in shown), reader, longest)
    quote = direct and all(quoted(index, doc, span) for span in spans)
    marks = words_of(reader)
    found: Parts = (Part(text, "quote" if quote else "words", lang),)
    if quote:
        found = (Part(marks.opening), *found, Part(marks.closing))
    if index.by_id[doc].article.translated and (quote or '"' in pack.normal(text)):
        found = (*found, Part(" "), Part(reader.phrase("brief.translated"), "note"))
    return found


def _balanced(index: Index, doc: str, span: Span) -> Span:
    """A span that ends inside a quotation, with the mark that stands right outside it."""
    article = index.by_id[doc].article.text
    normal = index.words_of(doc).normal
    if normal(article[span[0] : span[1]]).count('"') % 2 == 0:
        return span
    after = normal(article[span[1] : span[1] + 3])
    if after.lstrip().startswith('"'):
        return span[0], span[1] + after.index('"') + 1
    before = normal(article[max(0, span[0] - 3) : span[0]])
    if before.rstrip().endswith('"'):
        return span[0] - len(before) + before.rindex('"'), span[1]
    return span


def number(value: float | int, pack: LanguagePack, unit: str = "") -> str:
    """A number as the language writes it; a share as a percentage."""
    if unit == "share":
        return str(format_percent(value, locale=pack.code, decimal_quantization=False))
    return str(format_decimal(value, locale=pack.code))


def interval(figure: Figure, pack: LanguagePack) -> str:
    """The interval that the words of a figure allow, in our words."""
    low, high = figure.low, figure.high
    strict = "strict" if figure.strict else "plain"
    if low is not None and low == high:
        key = "about" if figure.approx else "exactly"
        found = pack.phrase(f"brief.interval.{key}", value=number(low, pack, figure.unit))
    elif low is not None and high is not None:
        low_text, high_text = number(low, pack, figure.unit), number(high, pack, figure.unit)
        key = "vague" if high + 1 == VAGUE * low else "between"
        found = pack.phrase(f"brief.interval.{key}", low=low_text, high=high_text)
    elif low is not None:
        found = pack.phrase(f"brief.interval.from.{strict}", value=number(low, pack, figure.unit))
    elif high is not None:
        found = pack.phrase(f"brief.interval.to.{strict}", value=number(high, pack, figure.unit))
    else:
        found = figure.text
    return f"{found} {per(figure.per, pack)}" if figure.per else found


def per(period: str, pack: LanguagePack) -> str:
    """A rate's period ("P1D"); a period that has no phrase is shown as it is written."""
    known = {"P1D": "day", "P1W": "week", "P1M": "month", "P1Y": "year", "PT1H": "hour"}
    return pack.phrase(f"brief.per.{known[period]}") if period in known else f"/ {period}"


def supported(support: Support, pack: LanguagePack) -> str:
    """The two counts side by side: independent texts (and articles where copies are folded), and first sources."""
    texts = pack.phrase("brief.support.texts", n=support.texts)
    if support.articles > support.texts:
        texts = pack.phrase("brief.support.copies", texts=texts, articles=_articles(support.articles, pack))
    if not support.established:
        return f"{texts}, {pack.phrase('brief.support.unknown')}"
    if not support.first_sources:
        return f"{texts}, {pack.phrase('brief.support.unsourced')}"
    return f"{texts}, {pack.phrase('brief.support.sources', n=len(support.first_sources))}"


def _articles(n: int, pack: LanguagePack) -> str:
    return pack.phrase("brief.support.articles", n=n)
