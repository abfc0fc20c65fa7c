"""Names that are not shown, in texts and in all that was made of them. A masked text is as long as the text: every
offset still holds, and what lies outside the name is untouched."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

import msgspec

from ..model.article import Article
from ..model.care import Masked
from ..model.records import Annotated, AnyRecord, Claim, Figure, Name, Span
from ..model.relations import Answer, Dispute, Entity, Question, Relations, Statement, Story
from ..model.reviews import Review

BLOCK = "█"
# What stands for a name where its place has no offsets: so many signs, however long it is.
SHOWN = BLOCK * 5
# A shorter word of a name may be any word.
LEAST = 3
# Words of a name that begin with a small letter ("de", "van") say nobody's name.
WORD = re.compile(r"[^\W\d_]+")
# Between the words of a name: what stands there in running text, in an address or in the name of a file.
GAP = r"[\s\-_.,'’+/]{1,3}"
SLUG = "masked"


class Mask:
    """What hides the names of some entities. `named` are, by entity, the articles that name it: there the words of its
    name are hidden one by one too; elsewhere only spellings of two words and more, and the entity's own."""

    def __init__(self, masked: Iterable[Masked], entities: Mapping[str, Entity]) -> None:
        self.slugs: dict[tuple[str, str], str] = {}
        self.shown: dict[str, str] = {}
        self.named: set[str] = set()
        whole, words = set[str](), set[str]()
        for one in masked:
            entity = entities.get(one.entity)
            key = entity.id if entity else one.entity
            self.shown[key] = f"{SHOWN} {key[:4]}"
            forms = {*one.forms}
            if entity is not None:
                forms |= {entity.label, *(form for form, _ in entity.forms)}
            for ref in entity.referents if entity else ():
                self.slugs[ref] = f"{ref[1].partition('/')[0]}/{SLUG}-{key[:8]}"
            self.named |= {doc for doc, _ in (*entity.mentions, *entity.referents)} if entity else set()
            found = [WORD.findall(flat(form)) for form in forms]
            whole |= {GAP.join(map(re.escape, form)) for form in found if len(form) > 1}
            if entity is None or entity.type == "PER":
                words |= {w for form in forms for w in WORD.findall(form) if len(w) >= LEAST and w[0].isupper()}
        self._whole = _either(whole)
        self._words = _either({re.escape(flat(word)) for word in words})

    def __bool__(self) -> bool:
        return bool(self.shown)

    def spans(self, text: str, named: bool) -> list[Span]:
        """Where the names stand in a text."""
        even = flat(text)
        found = [match.span() for match in self._whole.finditer(even)] if self._whole else []
        if named and self._words:
            found += [m.span() for m in self._words.finditer(even) if text[m.start()].isupper()]
        return found

    def text(self, text: str, named: bool = False) -> str:
        """A text in which the names are hidden, sign for sign; its lines stay."""
        return blocked(text, self.spans(text, named))

    def article(self, found: Annotated, more: Collection[Span] = (), named: bool = False) -> Annotated:
        """An article with its records in which the names are hidden, and the words of some spans too. A version that is
        not in force may be `named` where today's text no longer names anyone."""
        about = found.article
        named = named or about.id in self.named
        spans = [*self.spans(about.text, named), *more]
        plain = {key: self.text(getattr(about, key), named) for key in ("title", "outlet")}
        # Addresses and the names of files tell a name in small letters.
        plain |= {key: self.label(getattr(about, key), named) for key in ("source", "url")}
        if not spans and all(getattr(about, key) == value for key, value in plain.items()) and not named:
            return found
        text = blocked(about.text, spans)
        why = tuple(self.text(one, named) for one in about.translated_why)
        made: Article = msgspec.structs.replace(about, text=text, translated_why=why, **plain)
        return Annotated(made, tuple(self._record(one, made.text, about.id) for one in found.records))

    def _record(self, record: AnyRecord, text: str, doc: str) -> AnyRecord:
        def over(slug: str | None) -> str | None:
            return None if slug is None else self.slug(doc, slug)

        changed: dict[str, object] = {"text": text[record.start : record.end]}
        if isinstance(record, Name):
            changed |= {"entity": over(record.entity), "stands_for": over(record.stands_for)}
        elif isinstance(record, Claim):
            changed["source_entity"] = over(record.source_entity)
        elif isinstance(record, Figure):
            counts = tuple(self.text(one, doc in self.named) for one in record.counts)
            changed |= {"party": over(record.party), "by": over(record.by), "counts": counts}
        return msgspec.structs.replace(record, **changed)

    def slug(self, doc: str, slug: str) -> str:
        """An in-article slug, without the name where it is one's that is hidden."""
        return self.slugs.get((doc, slug)) or self.text(slug, doc in self.named)

    def relations(self, found: Relations) -> Relations:
        """What stands between the articles, without the names."""
        return Relations(
            entities=tuple(self._entity(one) for one in found.entities),
            happenings=found.happenings,
            statements=tuple(self._statement(one) for one in found.statements),
            questions=tuple(self._question(one) for one in found.questions),
            reuse=found.reuse,
            origins=tuple(
                msgspec.structs.replace(one, evidence=tuple(self.text(each) for each in one.evidence))
                for one in found.origins
            ),
            stories=tuple(self._story(one) for one in found.stories),
            disputes=tuple(self._dispute(one) for one in found.disputes),
            truces=tuple(msgspec.structs.replace(one, zone=self.text(one.zone)) for one in found.truces),
        )

    def _entity(self, one: Entity) -> Entity:
        shown = self.shown.get(one.id)
        if shown is None:
            forms = tuple((self.text(form), n) for form, n in one.forms)
            keys = tuple(self.text(key) for key in one.keys)
            return msgspec.structs.replace(
                one, label=self.text(one.label), slug=self.text(one.slug), forms=forms, keys=keys,
                referents=tuple((doc, self.text(slug)) for doc, slug in one.referents),
            )  # fmt: skip
        referents = tuple((doc, self.slug(doc, slug)) for doc, slug in one.referents)
        slug = f"{one.slug.partition('/')[0]}/{SLUG}-{one.id[:8]}"
        return msgspec.structs.replace(
            one,
            slug=slug,
            label=shown,
            forms=((shown, sum(n for _, n in one.forms)),),
            referents=referents,
            keys=(slug,),
        )

    def _statement(self, one: Statement) -> Statement:
        sources = tuple(self.text(each, True) if each not in self.shown else each for each in one.first_sources)
        return msgspec.structs.replace(one, first_sources=sources)

    def _question(self, one: Question) -> Question:
        hidden = (self.slugs.get((doc, one.party or "")) for doc, _ in one.figures)
        return msgspec.structs.replace(one, party=next((slug for slug in hidden if slug), one.party))

    def _story(self, one: Story) -> Story:
        named = bool(self.named.intersection(one.docs))
        return msgspec.structs.replace(one, title=self.text(one.title, named), story=self.label(one.story, named))

    def label(self, label: str, named: bool) -> str:
        """A label of small words: what it shares with a hidden name goes."""
        kept = self.text(label, named)
        if named and self._words:
            kept = blocked(kept, [match.span() for match in self._words.finditer(flat(label))])
        return kept

    def _dispute(self, one: Dispute) -> Dispute:
        named = any(answer.doc in self.named for answer in one.answers)
        answers = tuple(self._answer(each) for each in one.answers)
        return msgspec.structs.replace(one, question=self.text(one.question, named), answers=answers)

    def _answer(self, one: Answer) -> Answer:
        named = one.doc in self.named
        slug = one.source_entity and self.slug(one.doc, one.source_entity)
        return msgspec.structs.replace(
            one, text=self.text(one.text, named), says=self.text(one.says, named), source_entity=slug
        )

    def review(self, one: Review) -> Review:
        """What a person wrote, without the names; what a mask itself is about is not told."""
        named = one.doc in self.named or one.record in self.shown or any(doc in self.named for doc, _ in one.about)
        about = () if one.layer == "entity" else tuple((doc, self.text(words, named)) for doc, words in one.about)
        return msgspec.structs.replace(
            one, quote=self.text(one.quote, named), prefix=self.text(one.prefix, named),
            suffix=self.text(one.suffix, named), note=self.text(one.note, True), about=about,
            fields={key: self.text(value, named) for key, value in one.fields.items()},
        )  # fmt: skip


def blocked(text: str, spans: Iterable[Span]) -> str:
    """A text with the signs of some spans hidden; its lines stay."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = [sign if sign in "\r\n" else BLOCK for sign in signs[start:end]]
    return "".join(signs)


class _Flat(dict[int, str]):
    """A sign's plain small letter, where it has a single one."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = unicodedata.normalize("NFKD", sign)[:1].lower()
        self[code] = base if len(base) == 1 else sign
        return self[code]


_PLAIN = _Flat()


def flat(text: str) -> str:
    """A text in small letters without accents, sign for sign."""
    return text.translate(_PLAIN)


def _either(patterns: Collection[str]) -> re.Pattern[str] | None:
    """One pattern for all, the longest first; nothing for none."""
    ordered = sorted(patterns, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ordered)})(?![^\W_])") if ordered else None
