"""The account of a scenario in plain values, one per field that an editor would write."""

import hashlib
import json
from pathlib import Path

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Figure, Time
from recoupe.model.relations import Dispute, Ref, Relations, Statement, Truce
from recoupe.relate import relate

FOLDER = Path(__file__).parent / "scenarios"


def articles(path: Path) -> list[Article]:
    """The articles of a table, one JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Article(**row, sha256=hashlib.sha256(row["text"].encode()).hexdigest()) for row in rows]


class Account:
    """What the whole pipeline makes of a scenario; every property is a field's value."""

    def __init__(self, name: str) -> None:
        done = annotate(articles(FOLDER / f"{name}.jsonl"), ANNOTATORS, Parser())
        self.by_id: dict[str, Annotated] = {one.article.id: one for one in done}
        self.relations: Relations = relate(done)
        # People by their names, bodies and places by their labels in the code: those of people hang on spellings.
        self.slugs = {e.id: e.label if e.slug.startswith("per/") else e.slug for e in self.relations.entities}

    def value(self, field: str, of: str = "") -> object:
        """A field; `of` are words of the claim, question or incident that it is about."""
        if field.startswith("truce."):
            return getattr(self, "truce_" + field.partition(".")[2])(self._truce())
        if field.startswith("dispute."):
            return getattr(self, "dispute_" + field.partition(".")[2])(self._dispute(of))
        if field.startswith("statement."):
            return getattr(self, "statement_" + field.partition(".")[2])(self._statement(of))
        return getattr(self, field)()

    def _text(self, ref: Ref) -> str:
        record = self.by_id[ref[0]].find(ref[1])
        return f"{ref[0]} {record.text}" if record else ""

    def _who(self, entity: str | None) -> str:
        return self.slugs.get(entity or "", entity or "")

    def stories(self) -> list[list[str]]:
        return sorted(sorted(story.docs) for story in self.relations.stories)

    def story_texts(self) -> list[int]:
        return [story.texts for story in self.relations.stories]

    def origins(self) -> list[list[str]]:
        return sorted(list(origin.docs) for origin in self.relations.origins if origin.sure)

    def unsure_origins(self) -> list[list[str]]:
        return sorted(list(origin.docs) for origin in self.relations.origins if not origin.sure)

    def truces(self) -> int:
        return len(self.relations.truces)

    def _truce(self) -> Truce:
        return max(self.relations.truces, key=lambda truce: len(truce.mentions))

    def truce_stage(self, truce: Truce) -> str:
        return truce.stage

    def truce_mutual(self, truce: Truce) -> bool:
        return truce.mutual

    def truce_by(self, truce: Truce) -> list[str]:
        return sorted(map(self._who, truce.by))

    def truce_window(self, truce: Truce) -> list[str | None]:
        return [truce.earliest, truce.latest]

    def truce_zone(self, truce: Truce) -> str:
        return truce.zone

    def truce_articles(self, truce: Truce) -> list[str]:
        return sorted({doc for doc, _ in truce.mentions})

    def truce_answers(self, truce: Truce) -> list[list[str]]:
        return sorted([a.claim[0], self._who(a.side), a.stance] for a in truce.answers if a.stance != "other")

    def truce_incidents(self, truce: Truce) -> list[list[str]]:
        """Article, when, place and who says so."""
        found = set()
        for incident in truce.incidents:
            claim = self.by_id[incident.event[0]].find(incident.claim[1]) if incident.claim else None
            said = self.by_id[incident.event[0]].article.text[slice(*claim.source)] if claim and claim.source else ""
            found.add((incident.event[0], incident.when, self._who(incident.place), said))
        return sorted(map(list, found))

    def disputes(self) -> list[list[str]]:
        """Kind, relation and the answering articles of each group."""
        return sorted(self._groups(dispute) for dispute in self.relations.disputes)

    def _groups(self, dispute: Dispute) -> list[str]:
        numbers = sorted({answer.group for answer in dispute.answers})
        groups = [" ".join(sorted({a.doc for a in dispute.answers if a.group == n})) for n in numbers]
        return [dispute.kind, dispute.relation, *groups]

    def _dispute(self, words: str) -> Dispute:
        return next(d for d in self.relations.disputes if words in (d.kind, d.question))

    def dispute_speakers(self, dispute: Dispute) -> list[list[str]]:
        """Who answers what, by group or number."""
        return sorted(
            {
                (str(a.low if dispute.kind == "number" else a.group), self._who(a.source_entity) or a.voice)
                for a in dispute.answers
            }
        )  # type: ignore[return-value]

    def dispute_withdrawn(self, dispute: Dispute) -> list[str]:
        return sorted({answer.doc for answer in dispute.answers if answer.withdrawn})

    def _statement(self, words: str) -> Statement:
        found = [s for s in self.relations.statements if any(words in self._text(ref) for ref in s.claims)]
        assert found, words
        return max(found, key=lambda s: len(s.claims))

    def statement_articles(self, statement: Statement) -> list[str]:
        return sorted({doc for doc, _ in statement.claims})

    def statement_texts(self, statement: Statement) -> int:
        return statement.texts

    def statement_sources(self, statement: Statement) -> list[str]:
        return sorted(map(self._who, statement.first_sources))

    def statement_withdrawn(self, statement: Statement) -> str:
        return statement.withdrawn[0] if statement.withdrawn else ""

    def superseded(self) -> list[str]:
        """Figures of people killed that no dispute shows: a later word of the same source replaces them."""
        shown = {(a.doc, a.low, a.high) for d in self.relations.disputes if d.kind == "number" for a in d.answers}
        found = set()
        for doc, one in self.by_id.items():
            for figure in one.layer(Figure):
                if figure.measure == "killed" and (doc, figure.low, figure.high) not in shown:
                    found.add(f"{doc} {figure.text}")
        return sorted(found)

    def zones(self) -> list[str]:
        return sorted({time.zone for one in self.by_id.values() for time in one.layer(Time) if time.zone})
