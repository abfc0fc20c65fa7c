"""`recoupe entities`: who and what the articles name, whom the machine cannot tell apart, and what people settle."""

import getpass
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Annotated as Option

import typer

from ..errors import StoreError
from ..lang import LanguagePack
from ..model.decisions import Decision, Side
from ..model.relations import Entity
from ..run import settling
from ..store import Store
from .codes import USAGE
from .console import bar, out, tell
from .opening import store_option

# Spellings shown of one entity; the others are counted.
SHOWN = 6


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase
    from_store = store_option(language)
    two = (say("entities.entity"), say("entities.entity"))

    def pair(flag: str, names: tuple[str, str]) -> object:
        return typer.Option(flag, help=say(f"entities.{flag[2:]}"), metavar=" ".join(names))

    @app.command(help=say("entities.help"))
    def entities(
        store: Option[str, from_store],
        unsure: Option[bool, typer.Option("--unsure", help=say("entities.unsure"))] = False,
        merge: Option[tuple[str, str] | None, pair("--merge", two)] = None,
        split: Option[tuple[str, str] | None, pair("--split", (two[0], say("entities.part")))] = None,
        decisions: Option[bool, typer.Option("--decisions", help=say("entities.decisions"))] = False,
        undo: Option[int | None, typer.Option("--undo", help=say("entities.undo"), metavar="N")] = None,
        who: Option[str, typer.Option("--who", help=say("entities.who"), metavar=say("entities.name"))] = "",
    ) -> None:
        if sum([unsure, decisions, merge is not None, split is not None, undo is not None]) > 1:
            tell(say("entities.one_at_a_time"))
            raise typer.Exit(USAGE)
        desk = Desk(Store(store), language, who or getpass.getuser())
        if merge:
            desk.merge(*merge)
        elif split:
            desk.split(*split)
        elif undo is not None:
            desk.undo(undo)
        elif decisions:
            desk.decisions()
        elif unsure:
            desk.unsure()
        else:
            desk.all()


class Desk:
    """A store's entities, before a person."""

    def __init__(self, store: Store, language: LanguagePack, who: str) -> None:
        self.store, self.language, self.who = store, language, who
        self.found = store.relations().entities
        self._by_id = {entity.id: entity for entity in self.found}
        if not store.fresh():
            tell(language.phrase("cli.not_related"))

    def all(self) -> None:
        """Every entity, the most mentioned first."""
        for entity in sorted(self.found, key=lambda one: (-len(one.mentions), one.id)):
            if entity.mentions:
                self._line(entity)

    def unsure(self) -> None:
        """Every pair that cannot be told apart, once, with the reason."""
        say = self.language.phrase
        pairs = sorted({(*sorted((one.id, other)), why) for one in self.found for other, why in one.unsure})
        for a, b, why in pairs:
            out.print(say("entities.pair", why=say(f"spelling.{why}")), markup=False)
            self._line(self._by_id[a], "  ")
            self._line(self._by_id[b], "  ")
        if not pairs:
            tell(say("entities.none_unsure"))

    def decisions(self) -> None:
        """What people have settled, the oldest first; what was taken back is said so."""
        say = self.language.phrase
        kept = self.store.decided()
        for one in kept:
            done = "" if one.undone_at is None else say("entities.undone", at=one.undone_at[:10], who=one.undone_by)
            out.print(f"{one.n:>4}  {told(one.decision, self.language)}{done}", markup=False)
        if not kept:
            tell(say("entities.none_decided"))

    def merge(self, one: str, two: str) -> None:
        """Two entities are one, from now on."""
        first, second = self._entity(one), self._entity(two)
        if first.id == second.id:
            raise StoreError("entities.already_one", a=one, b=two)
        with self._relating():
            made = settling.join(self.store, first, second, self.who)
        self._kept(made)

    def split(self, one: str, what: str) -> None:
        """What an entity is called by a spelling, or in an article, is another, from now on."""
        entity = self._entity(one)
        with self._relating():
            made = settling.part(self.store, entity, what, self.who)
        if made is None:
            raise StoreError("entities.no_part", entity=entity.label, what=what)
        self._kept(made)

    def undo(self, number: int) -> None:
        """A decision is taken back."""
        with self._relating():
            done = settling.undo(self.store, number, self.who)
        if not done:
            raise StoreError("entities.no_decision", n=number)
        tell(self.language.phrase("entities.taken_back", n=number))

    def _kept(self, made: settling.Made) -> None:
        tell(self.language.phrase("entities.kept", n=made.number, told=told(made.decision, self.language)))

    def _relating(self) -> AbstractContextManager[object]:
        """Shown while what rests on the entities (questions, sources, disputes) is made anew."""
        return bar(self.language.phrase("cli.relating"))

    def _entity(self, asked: str) -> Entity:
        return named(self.store, self.found, asked)

    def _line(self, entity: Entity, before: str = "") -> None:
        forms = [form for form, _ in entity.forms if form != entity.label]
        more = [f"+{len(forms) - SHOWN}"] if len(forms) > SHOWN else []
        spelt = " · ".join([entity.label, *forms[:SHOWN], *more])
        articles = self.language.phrase("cli.articles", n=len({doc for doc, _ in entity.referents}))
        mark = self.language.phrase("entities.by_people") if entity.decided else ""
        out.print(f"{before}{entity.id}  {entity.type}  {articles:>12}  {spelt}{mark}", markup=False)


def named(store: Store, found: Sequence[Entity], asked: str) -> Entity:
    """The entity of an id (an old one leads to the new), a slug, a label or a spelling. Raises StoreError where that is
    none, or several."""
    current = store.entity(asked)
    by_name: list[list[Entity]] = [[], [], []]
    for entity in found:
        if entity.id == current:
            return entity
        by_name[0] += [entity] if asked in (entity.slug, *entity.keys) else []
        by_name[1] += [entity] if asked == entity.label else []
        by_name[2] += [entity] if any(asked == form for form, _ in entity.forms) else []
    for matches in by_name:
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = ", ".join(f"{one.id} ({one.label})" for one in matches)
            raise StoreError("entities.several", asked=asked, ids=ids)
    raise StoreError("entities.unknown", asked=asked)


def told(decision: Decision, language: LanguagePack) -> str:
    """A decision as one sentence, with who made it and when."""
    return language.phrase(
        f"entities.told.{decision.kind}{'_in' if decision.docs else ''}",
        a=_names(decision.a), b=_names(decision.b), docs=", ".join(decision.docs), who=decision.who,
        at=decision.at[:10],
    )  # fmt: skip


def _names(sides: Sequence[Side]) -> str:
    form = sides[0].form
    keys = ", ".join(side.key.partition("/")[2] for side in sides)
    return f"{form} ({keys})"
