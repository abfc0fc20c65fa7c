"""`recoupe care`: what people set about showing (masks, embargoes, coarse maps, signatures), and signed notes."""

import getpass
from typing import Annotated as Option

import typer

from ..lang import LanguagePack
from ..model.care import MASKS, settings
from ..model.reviews import Review
from ..run import saying
from ..store import Store, entity_of, reviews
from .codes import USAGE
from .console import out, tell, told
from .entities import named
from .opening import store_option

KEYS = ("mask", "embargo", "grain", "delay", "signatures")


def register(app: typer.Typer, language: LanguagePack) -> None:
    """Adds the command to the program."""
    say = language.phrase

    def text(flag: str, metavar: str, **values: object) -> object:
        return typer.Option(flag, help=say(f"care.cli.{flag[2:]}", **values), metavar=metavar)

    @app.command(help=say("care.cli.help"))
    def care(
        store: Option[str, store_option(language)],
        story: Option[str | None, text("--story", "ID")] = None,
        entity: Option[str | None, text("--entity", say("entities.entity"))] = None,
        article: Option[str | None, text("--article", "ID")] = None,
        record: Option[tuple[str, str] | None, text("--record", "ARTICLE ID")] = None,
        outlet: Option[str | None, text("--outlet", say("entities.name"))] = None,
        mask: Option[str | None, text("--mask", "|".join(MASKS))] = None,
        embargo: Option[str | None, text("--embargo", "TIME")] = None,
        grain: Option[float | None, text("--grain", "N")] = None,
        delay: Option[float | None, text("--delay", "N")] = None,
        signatures: Option[int | None, text("--signatures", "N")] = None,
        lift: Option[list[str] | None, text("--lift", "|".join(KEYS))] = None,
        note: Option[str | None, text("--note", "…")] = None,
        withdraw: Option[bool, typer.Option("--withdraw", help=say("care.cli.withdraw"))] = False,
        who: Option[str, text("--who", say("entities.name"))] = "",
        reason: Option[str, text("--reason", "…")] = "",
    ) -> None:
        whole = (article, "") if article is not None else None
        things = {"story": story, "entity": entity, "article": whole, "record": record, "outlet": outlet}
        asked = [(layer, one) for layer, one in things.items() if one is not None]
        values = dict(zip(KEYS, (mask, embargo, grain, delay, signatures), strict=True))
        given = {key: str(value) for key, value in values.items() if value is not None} | dict.fromkeys(lift or (), "")
        wanted = bool(given) + (note is not None) + withdraw
        if len(asked) > 1 or wanted > 1 or (asked and not wanted):
            tell(say("care.cli.one_at_a_time"))
            raise typer.Exit(USAGE)
        hand = Hand(Store(store), language, who or getpass.getuser())
        if not wanted:
            hand.list()
            return
        about = hand.about(*(asked[0] if asked else ("store", "")))
        if given:
            hand.set(about, given, reason)
        else:
            hand.note(about, note or "")


class Hand:
    """A person with a store's log."""

    def __init__(self, store: Store, language: LanguagePack, who: str) -> None:
        self.store, self.language, self.who = store, language, who

    def about(self, layer: str, asked: str | tuple[str, str]) -> dict[str, object]:
        """What an entry is about; what is not there ends the program."""
        doc, key = asked if isinstance(asked, tuple) else ("", asked)
        if layer == "entity":
            key = named(self.store, self.store.relations().entities, key).id
        found = saying.about_of(self.store, layer, key, doc)
        if found is None:
            tell(self.language.phrase("care.cli.unknown", asked=" ".join(one for one in (doc, key) if one)))
            raise typer.Exit(USAGE)
        return found

    def list(self) -> None:
        """All that is set and noted, in the order of the log."""
        say = self.language.phrase
        with self.store.engine.connect() as connection:
            log = [review for _, review in reviews.log(connection)]
        for (layer, doc, record, key), (review, value) in settings(log).items():
            shown = say(f"care.mask.{value}") if key == "mask" else value
            self._line(review, layer, doc, record, f"{key} {shown}")
        noted = [one for one in log if one.verdict == "noted" and not one.doc]
        now = [(one.layer, self.store.entity(one.record) if one.layer == "entity" else one.record) for one in noted]
        for layer, record in dict.fromkeys(now):
            for review in saying.notes(self.store, layer, record, log):
                self._line(review, layer, "", record, review.note)

    def _line(self, review: Review, layer: str, doc: str, record: str, what: str) -> None:
        called = entity_of(self.store, record) if layer == "entity" else None
        label = called.label if called else ""
        thing = " ".join(one for one in (self.language.phrase(f"web.layer.{layer}"), label, doc, record) if one)
        out.print(f"{thing}  {what}  ({review.who}, {review.at[:10]})", markup=False)

    def set(self, about: dict[str, object], given: dict[str, str], reason: str) -> None:
        """Sets something; what cannot be so ends the program."""
        try:
            done = saying.set_now(self.store, about, given, self.who, reason)
        except saying.CareError as error:
            tell(told(self.language, error.key, error.values))
            raise typer.Exit(USAGE) from None
        tell(self.language.phrase("care.cli.kept" if done else "care.cli.so_already"))

    def note(self, about: dict[str, object], text: str) -> None:
        """Notes something on a source, or takes one's note back."""
        if about["layer"] not in ("entity", "outlet") or (not text.strip() and not self._noted(about)):
            tell(self.language.phrase("care.cli.no_note"))
            raise typer.Exit(USAGE)
        verdict = "noted" if text.strip() else "withdrawn"
        saying.say(self.store, saying.signed(self.who, text, verdict=verdict, **about))
        tell(self.language.phrase("care.cli.kept"))

    def _noted(self, about: dict[str, object]) -> bool:
        return bool(saying.notes(self.store, str(about["layer"]), str(about["record"])))
