"""Sentences of ours out of templates, and the article's own words inside them."""

import functools
import unicodedata
from collections.abc import Sequence

import msgspec
from babel import Locale
from babel.numbers import format_decimal, format_percent

from ..lang import LanguagePack
from ..model.records import Figure, Span
from .index import Index
from .model import FirstSource, Folded, Part, Settled, Support
from .words import words_of

# A line is read in one breath: longer words of an article are cut at a word and marked, the link shows them whole.
LONGEST = 240
MARK = "\x1f"
# "Dozens", "hundreds", "thousands" are read as 20 to 99, 200 to 999 …: the upper end is this many times the lower.
VAGUE = 5
# Words shown grow by at most this to keep a quotation whole.
FURTHER = 160
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


def with_language(parts: Parts, index: Index) -> Parts:
    """The parts with a mark behind them where words of an article stand in another language than the sentence, and
    not all articles do."""
    pack = index.reader
    langs = dict.fromkeys(part.lang for part in parts if part.lang not in ("", pack.code, index.foreign))
    marks = [Part(pack.phrase("brief.in_language", language=language(lang, pack)), "note") for lang in langs]
    missing = [mark for mark in marks if mark not in parts]
    return (*parts, *(piece for mark in missing for piece in (Part(" "), mark)))


def language(code: str, pack: LanguagePack) -> str:
    """What a reader of a language calls another."""
    return str(Locale(pack.code).languages.get(code, code))


def capital(parts: Parts) -> Parts:
    """The parts with a capital first letter, as a sentence begins."""
    if not parts or not parts[0].text or parts[0].kind == "quote":
        return parts
    first = parts[0]
    return (msgspec.structs.replace(first, text=first.text[0].upper() + first.text[1:]), *parts[1:])


def cut(text: str, pack: LanguagePack, longest: int = LONGEST) -> str:
    """The text in one line, cut at a word where it is longer than a breath; a quotation is not cut through where it
    closes soon after or opens late."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    end = len(flat[:longest].rsplit(" ", 1)[0])
    through = [(left, right) for left, right in _quotations(flat, pack) if left < end <= right]
    if through:
        left, right = min(through)[0], max(right for _, right in through)
        if right + 1 == len(flat) and right + 1 <= longest + FURTHER:
            return flat
        end = right + 1 if right + 1 <= longest + FURTHER else left if left > longest // 2 else end
    return flat[:end].rstrip(" ,;:") + f" {words_of(pack).cut}"


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
    """A span that cuts through a quotation, widened to the mark of the article that opens or closes it.

    Only the article's own characters are added, and no more than a breath of them; a mark without its pair in the
    paragraph stays as it is.
    """
    block = index.block_at(doc, span[0])
    if block is None:
        return span
    text = index.raw(doc, block.span)
    start, end = span[0] - block.start, span[1] - block.start
    for left, right in _quotations(text, index.words_of(doc)):
        if start <= left < end < right + 1 and right + 1 - start <= LONGEST + FURTHER:
            end = right + 1
        elif left < start <= right < end and end - left <= LONGEST + FURTHER:
            start = left
    return block.start + start, max(block.start + end, span[1])


def _quotations(text: str, pack: LanguagePack) -> list[Span]:
    """Where quotations open and close in a paragraph, by the offsets of their marks. Marks that have a direction are
    paired by it, innermost first; straight ones in turn."""
    normal = pack.normal(text)
    stack: list[int] = []
    pairs: list[Span] = []
    for at in (i for i, sign in enumerate(normal) if sign == '"'):
        kind = unicodedata.category(text[at])
        opens = kind == "Pi" or (kind == "Po" and not stack)
        if opens:
            stack.append(at)
        elif stack:
            pairs.append((stack.pop(), at))
    return pairs


def number(value: float | int, pack: LanguagePack, unit: str = "") -> str:
    """A number as the language writes it; a share as a percentage."""
    return _written(value, pack.code, unit == "share")


@functools.lru_cache(4096, typed=True)
def _written(value: float | int, code: str, share: bool) -> str:
    if share:  # "un sur sept" has no end of digits
        return str(format_percent(float(f"{value:.4g}"), locale=code, decimal_quantization=False))
    return str(format_decimal(value, locale=code))


def vague(figure: Figure) -> bool:
    """Whether a figure is an order of magnitude ("hundreds")."""
    return figure.low is not None and figure.high is not None and figure.high + 1 == VAGUE * figure.low


def interval(figure: Figure, pack: LanguagePack) -> str:
    """The interval that the words of a figure allow, in our words."""
    low, high = figure.low, figure.high
    strict = "strict" if figure.strict else "plain"
    if low is not None and low == high:
        key = "about" if figure.approx else "exactly"
        found = pack.phrase(f"brief.interval.{key}", value=number(low, pack, figure.unit))
    elif low is not None and high is not None:
        low_text, high_text = number(low, pack, figure.unit), number(high, pack, figure.unit)
        key = "vague" if vague(figure) else "between"
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


def folded(origin: Folded, pack: LanguagePack) -> str:
    """Why articles count as one text, or that it is not known whether they are independent."""
    listed = [str(number) for number in origin.numbers]
    joint = pack.phrase("brief.and")
    numbers = joint.join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
    if "translation" in origin.evidence:
        told = pack.phrase("brief.page.translation", numbers=numbers)
    elif origin.passages:
        told = pack.phrase("brief.page.shared", n=origin.passages, numbers=numbers)
    else:
        told = pack.phrase("brief.page.alike", numbers=numbers)
    agencies = [one.partition(":")[2] for one in origin.evidence if one.startswith("agency:")]
    if agencies:
        told = pack.phrase("brief.page.signed", told=told, agencies=pack.phrase("brief.and").join(agencies))
    if origin.sure:
        return pack.phrase("brief.page.one_text", told=told)
    return f"{told} ({pack.phrase('brief.support.unknown')})"


def carried(source: FirstSource, texts: Sequence[Folded], pack: LanguagePack) -> str:
    """Which texts go back to a first source: their numbers, and their articles where copies are folded."""
    told = []
    for i in source.texts:
        numbers = texts[i - 1].numbers
        listed = pack.phrase("brief.support.articles", n=len(numbers))
        told.append(f"{i} ({listed})" if len(numbers) > 1 else str(i))
    joint = pack.phrase("brief.and")
    listed = joint.join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
    return pack.phrase("brief.page.in_texts", n=len(told), texts=listed)


def settled(found: Settled, pack: LanguagePack) -> str:
    """Who holds a dispute for settled, since when and why, and how many answers came later."""
    key = "by" if found.note else "bare"
    told = pack.phrase(f"brief.settled.{key}", who=found.who, at=found.at, note=found.note)
    return f"{told} {pack.phrase('brief.settled.since', n=found.since)}" if found.since else told


def _articles(n: int, pack: LanguagePack) -> str:
    return pack.phrase("brief.support.articles", n=n)
