"""What every exporter reads: the articles of a store with their records, what stands between them, what people said of
them, and look-ups. What may not leave (names masked, stories held back) is not in here to begin with."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from ..lang import LanguagePack
from ..model.hand import Hand, Standing, hand, standing
from ..model.records import Annotated, AnyRecord, Claim, Event, Figure, Span
from ..model.relations import Entity, Happening, Place, Ref, Relations, Statement, Story
from ..model.reviews import Review, by_record, in_force
from ..store import Outward, Store
from ..store.versions import Version


class Content:
    """A whole store, read once. `pack` is the language of what is worded for a person (the brief, headings), `said` the
    log of reviews, `needed` how many people make a record of an article checked, `versions` those of the articles that
    were read with several texts."""

    def __init__(
        self,
        articles: Sequence[Annotated],
        relations: Relations,
        pack: LanguagePack,
        said: Sequence[Review] = (),
        needed: Callable[[str], int] = lambda _: 1,
        versions: Mapping[str, Sequence[Version]] = MappingProxyType({}),
    ) -> None:
        self.articles = sorted(articles, key=lambda one: (one.article.published or "9999", one.article.id))
        self.relations, self.pack = relations, pack
        self.by_id = {one.article.id: one for one in self.articles}
        self.said, self.needed, self.versions = said, needed, versions

    @classmethod
    def of(cls, store: Store, pack: LanguagePack) -> "Content":
        """The content of a store as it may be given away now, all of one moment."""
        with store.still() as still:
            shown = Outward(still, leaving=True)
            said = [review for _, review in shown.reviews()]
            needed = {one.doc: shown.needed(one.doc) for one in said}
            return cls(shown.articles(), shown.relations(), pack, said, needed.__getitem__, shown.versions())

    @cached_property
    def hand(self) -> Hand:
        """What people have reviewed and settled."""
        return hand(self.articles, self.relations.disputes, self.said, self.needed)

    @cached_property
    def standings(self) -> dict[Ref, Standing]:
        """The status of each record that someone has reviewed."""
        said = by_record(self.articles, self.said)
        return {ref: standing(in_force(some), self.needed(ref[0])) for ref, some in said.items()}

    def status(self, doc: str, record: str) -> str:
        """How far people have reviewed a record: "machine" where none has."""
        found = self.standings.get((doc, record))
        return found.status if found else "machine"

    @cached_property
    def records(self) -> dict[Ref, AnyRecord]:
        """Every record by its reference."""
        return {(one.article.id, record.id): record for one in self.articles for record in one.records}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Every entity by its id."""
        return {entity.id: entity for entity in self.relations.entities}

    @cached_property
    def entity_of(self) -> dict[Ref, str]:
        """From (article id, in-article slug) to the entity's id."""
        return self.relations.entity_of()

    @cached_property
    def happening_of(self) -> dict[Ref, Happening]:
        """The happening of each event mention."""
        return {ref: one for one in self.relations.happenings for ref in one.mentions}

    @cached_property
    def statement_of(self) -> dict[Ref, Statement]:
        """The statement of each claim."""
        return {ref: one for one in self.relations.statements for ref in one.claims}

    @cached_property
    def stories_of(self) -> dict[str, list[Story]]:
        """The stories that each article is in."""
        found: dict[str, list[Story]] = defaultdict(list)
        for story in self.relations.stories:
            for doc in story.docs:
                found[doc].append(story)
        return found

    def raw(self, doc: str, span: Span | None) -> str:
        """The article's own characters; nothing for no span."""
        return self.by_id[doc].article.text[span[0] : span[1]] if span else ""

    def entity(self, doc: str, slug: str | None) -> Entity | None:
        """The entity of an in-article slug."""
        return self.entities.get(self.entity_of.get((doc, slug), slug)) if slug else None

    def label(self, identifier: str | None) -> str:
        """What an entity is called; what is no entity keeps its own words."""
        entity = self.entities.get(identifier or "")
        return entity.label if entity else (identifier or "")

    def place(self, identifier: str | None) -> Place | None:
        """Where an entity lies; None for what has no place on a map."""
        entity = self.entities.get(identifier or "")
        return entity.place if entity else None

    def claim(self, ref: Ref | None) -> Claim | None:
        """The claim of a reference."""
        found = self.records.get(ref) if ref else None
        return found if isinstance(found, Claim) else None

    def event(self, ref: Ref) -> Event | None:
        """The event mention of a reference."""
        found = self.records.get(ref)
        return found if isinstance(found, Event) else None

    def figures_at(self, happening: Happening) -> list[tuple[str, Figure]]:
        """The figures that its mentions carry, with their articles."""
        mentions = set(happening.mentions)
        found = [(doc, figure) for doc, figure in self._figures if (doc, figure.event or "") in mentions]
        return sorted(found, key=lambda one: (one[0], one[1].start))

    @cached_property
    def _figures(self) -> list[tuple[str, Figure]]:
        return [(one.article.id, figure) for one in self.articles for figure in one.layer(Figure)]

    def words_of(self, doc: str, claim: Claim) -> str:
        """A claim's content in the article's words, its parts joined."""
        return " […] ".join(self.raw(doc, span) for span in (claim.span, *claim.more))
