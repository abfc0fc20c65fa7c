"""What is held back until its hour, taken out of articles and of what stands between them.

What was made of something held back goes with it, even where other texts had a part in it: a place or a day that only
the withheld text gives must not be left standing.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import TypeVar

import msgspec

from ..model.records import Annotated, Claim, Event, Figure
from ..model.relations import Answer, Dispute, Entity, Ref, Relations, Statement, Story, Truce

Taken = TypeVar("Taken", Statement, Answer)


def without_records(found: Annotated, gone: Collection[str]) -> Annotated:
    """An article without some of its records, and without the links that others have to these."""
    kept = []
    for record in found.records:
        if record.id in gone:
            continue
        if isinstance(record, Figure | Event):
            claims = tuple(one for one in record.claims if one not in gone)
            record = msgspec.structs.replace(record, claims=claims)
        if isinstance(record, Figure):
            event = None if record.event in gone else record.event
            later = None if record.supersedes in gone else record.supersedes
            record = msgspec.structs.replace(record, event=event, supersedes=later)
        if isinstance(record, Claim):
            within = None if record.within in gone else record.within
            record = msgspec.structs.replace(record, within=within, via=tuple(v for v in record.via if v not in gone))
        kept.append(record)
    return Annotated(found.article, tuple(kept))


class Withheld:
    """Articles and records that are held back. `words` gives the characters of a mention that stays."""

    def __init__(self, docs: Collection[str], refs: Collection[Ref], words: Mapping[Ref, str]) -> None:
        self.docs, self.refs, self.words = frozenset(docs), frozenset(refs), words

    def _free(self, ref: Ref | None) -> bool:
        return ref is None or (ref[0] not in self.docs and ref not in self.refs)

    def _all_free(self, refs: Collection[Ref]) -> bool:
        return all(self._free(ref) for ref in refs)

    def relations(self, found: Relations) -> Relations:
        """What stands between the articles that stay."""
        entities = [one for one in map(self._entity, found.entities) if one is not None]
        known = {one.id for one in entities}
        happenings = tuple(one for one in found.happenings if self._all_free(one.mentions))
        told = {one.id for one in happenings}
        stories = (self._story(one, told) for one in found.stories)
        disputes = (self._dispute(one) for one in found.disputes)
        questions = (
            msgspec.structs.replace(one, figures=tuple(ref for ref in one.figures if self._free(ref)))
            for one in found.questions
            if one.happening is None or one.happening in told
        )
        origins = (
            msgspec.structs.replace(one, docs=tuple(doc for doc in one.docs if doc not in self.docs))
            for one in found.origins
        )
        return Relations(
            entities=tuple(
                msgspec.structs.replace(one, unsure=tuple(pair for pair in one.unsure if pair[0] in known))
                for one in entities
            ),
            happenings=happenings,
            statements=tuple(
                self._taken(one) for one in found.statements if self._all_free(one.claims) and self._free(one.withdrawn)
            ),
            questions=tuple(one for one in questions if one.figures),
            reuse=tuple(one for one in found.reuse if not {one.a[0], one.b[0]} & self.docs),
            origins=tuple(one for one in origins if len(one.docs) > 1),
            stories=tuple(one for one in stories if one.docs),
            disputes=tuple(one for one in disputes if one is not None),
            truces=tuple(one for one in map(self._truce, found.truces) if one is not None),
        )

    def _entity(self, one: Entity) -> Entity | None:
        """An entity as the texts that stay name it; nothing where none does."""
        mentions = tuple(ref for ref in one.mentions if self._free(ref))
        referents = tuple(ref for ref in one.referents if ref[0] not in self.docs)
        if mentions == one.mentions and referents == one.referents:
            return one
        forms = Counter(" ".join(self.words[ref].split()) for ref in mentions if ref in self.words)
        if not mentions or not forms:
            return None
        keys = tuple(dict.fromkeys(slug for _, slug in referents))
        label = one.label if one.label in forms else min(forms, key=lambda form: (-forms[form], form))
        return msgspec.structs.replace(
            one, mentions=mentions, referents=referents, forms=tuple(forms.most_common()), label=label, keys=keys,
            slug=one.slug if one.slug in keys or not keys else keys[0],
        )  # fmt: skip

    def _story(self, one: Story, told: Collection[str]) -> Story:
        docs = tuple(doc for doc in one.docs if doc not in self.docs)
        happenings = tuple(each for each in one.happenings if each in told)
        titled = one.title_from is not None and one.title_from[0] not in self.docs and not self._quotes(one.title)
        if docs == one.docs and (titled or not one.title):
            return msgspec.structs.replace(one, happenings=happenings)
        return msgspec.structs.replace(
            one, docs=docs, happenings=happenings, texts=min(one.texts, len(docs)),
            title=one.title if titled else "", title_from=one.title_from if titled else None,
            story=one.story if titled else one.id,
        )  # fmt: skip

    def _dispute(self, one: Dispute) -> Dispute | None:
        """A dispute with the answers that stay, where these still differ."""
        if any(answer.doc in self.docs for answer in one.answers):
            return None
        answers = tuple(self._taken(answer) for answer in one.answers if self._answers(answer))
        if answers == one.answers:
            return one
        if self._quotes(one.question):
            return None
        return msgspec.structs.replace(one, answers=answers) if len({a.group for a in answers}) > 1 else None

    def _answers(self, one: Answer) -> bool:
        return self._free((one.doc, one.claim or "")) and self._free(one.withdrawn) and not self._over(one)

    def _taken(self, one: Taken) -> Taken:
        """A statement or an answer by which records it is taken back, without those that are held back."""
        too = tuple(ref for ref in one.withdrawn_too if self._free(ref))
        return one if too == one.withdrawn_too else msgspec.structs.replace(one, withdrawn_too=too)

    def _over(self, one: Answer) -> bool:
        """Whether the words of an answer are those of a record that is held back."""
        return any(doc == one.doc and self.words.get((doc, record), "") == one.text for doc, record in self.refs)

    def _quotes(self, text: str) -> bool:
        """Whether a text of ours has the words of a record that is held back."""
        return any(self.words.get(ref) and self.words[ref] in text for ref in self.refs)

    def _truce(self, one: Truce) -> Truce | None:
        refs = (*one.mentions, *one.window, *(ref for other in one.windows for ref in other.refs))
        if not self._all_free(refs) or any(passage[0] in self.docs for passage in one.scope):
            return None
        answers = tuple(each for each in one.answers if self._free(each.claim))
        incidents = tuple(each for each in one.incidents if self._free(each.event) and self._free(each.claim))
        return msgspec.structs.replace(one, answers=answers, incidents=incidents)
