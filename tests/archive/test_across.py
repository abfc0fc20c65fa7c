"""What is found across an archive, beside what relate finds in the same articles."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.archive.layers import FEATURE, PARAGRAPH, columns, rows
from recoupe.archive.near import near
from recoupe.archive.stories import LARGEST, components, likenesses, stories
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.relate import relate, summary
from recoupe.relate.reuse import reuse
from recoupe.relate.stories import likenesses as own_likenesses
from recoupe.run.spread import Daft

HARBOUR = "Une frappe de drones a touché mardi le port de Kherson, où sept dockers sont morts, selon le gouverneur."
FIRE = (
    "Les pompiers ont éteint l'incendie des entrepôts de céréales pendant la nuit, sous une pluie battante et froide."
)
VOTE = "Le parlement grec a adopté jeudi la réforme des retraites par 158 voix, après trois jours de grève à Athènes."
MATCH = "Le club de Lens a battu Marseille 3-1 samedi soir devant trente mille personnes au stade Bollaert."
EDITED = HARBOUR.replace("mardi le port", "mardi soir le grand port")
TEXTS = (
    (HARBOUR, FIRE, "2023-01-10"), (EDITED, VOTE, "2023-01-11"), (VOTE, MATCH, "2023-01-12"), (MATCH, "", "2023-03-01"),
    (HARBOUR, "", "2023-01"), (FIRE, "", None), (FIRE, VOTE, None),
)  # fmt: skip


@pytest.fixture(scope="module")
def daft(engines: None) -> Daft:
    return Daft()


@pytest.fixture(scope="module")
def annotated() -> list[Annotated]:
    articles = [
        Article(id=f"a{n}", text="\n\n".join(parts).strip(), sha256=f"{n}", lang="fr", published=day)
        for n, (*parts, day) in enumerate(TEXTS)
    ]
    return annotate(articles, ANNOTATORS, Parser())


def table(daft: Daft, name: str, annotated: Sequence[Annotated]) -> object:
    listed = [row for one in annotated for place, row in rows(one, summary(one)) if place == name]
    return daft.api.from_pydict({column: [row[column] for row in listed] for column in columns(name)})


def pairs(groups: Iterator[set[str]]) -> set[tuple[str, str]]:
    return {(a, b) for group in groups for a, b in combinations(sorted(group), 2)}


def test_copies_and_light_edits_are_near(daft: Daft, annotated: list[Annotated]) -> None:
    found = near(daft, table(daft, PARAGRAPH, annotated)).to_pylist()
    shown = {(row["a_doc"], row["b_doc"]) for row in found}
    assert shown == {tuple(sorted((one.a[0], one.b[0]))) for one in reuse(annotated)}
    text = {one.article.id: one.article.text for one in annotated}
    assert all(row["a_doc"] < row["b_doc"] for row in found)
    edits = [row for row in found if row["likeness"] < 1]
    assert edits
    assert {text[row["a_doc"]][row["a_start"] : row["a_end"]] for row in edits} <= {HARBOUR, EDITED}


def test_likenesses_are_those_of_relate(daft: Daft, annotated: list[Annotated]) -> None:
    features = table(daft, FEATURE, annotated)
    articles = features.select("doc", "number", "published", "low", "high", "long").distinct()  # type: ignore[attr-defined]
    found = {(row["a"], row["b"]): row["likeness"] for row in likenesses(daft, features, articles).to_pylist()}
    dated = {one.article.id for one in annotated if one.article.published}
    own = {
        (a, b): value
        for a, others in own_likenesses([summary(one) for one in annotated]).items()
        for b, value in others.items()
        # One with a date is not compared with one without.
        if a < b and (a in dated) == (b in dated)
    }
    assert found == own
    assert len(own) > 3


def test_stories_are_the_groups_of_relate(daft: Daft, annotated: list[Annotated]) -> None:
    some = [one for one in annotated if one.article.published]
    found: dict[str, set[str]] = {}
    for row in stories(daft, table(daft, FEATURE, some)).to_pylist():
        found.setdefault(row["story"], set()).add(row["doc"])
    own = {one.id: set(one.docs) for one in relate(some).stories}
    assert found.keys() == own.keys()
    # Guests from other days are only relate's.
    assert pairs(iter(found.values())) <= pairs(iter(own.values()))


def test_a_component_too_large_is_cut_by_months(daft: Daft, annotated: list[Annotated]) -> None:
    features = table(daft, FEATURE, annotated)
    whole, cut = (stories(daft, features, largest=most).to_pylist() for most in (LARGEST, 1))
    assert sorted(row["doc"] for row in cut) == sorted(row["doc"] for row in whole)
    assert len({row["story"] for row in cut}) >= len({row["story"] for row in whole})


def test_a_long_chain_hangs_together(daft: Daft) -> None:
    ends = [(f"{n:03}", f"{n + 1:03}") for n in range(60) if n != 30]
    edges = daft.api.from_pydict({"u": [a for a, _ in ends], "v": [b for _, b in ends]})
    found = {row["doc"]: row["home"] for row in components(daft, edges).to_pylist()}
    assert found == {f"{n:03}": "000" if n <= 30 else "031" for n in range(61)}
