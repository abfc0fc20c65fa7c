"""Attacks of two sides are two happenings; one that each lays at the other's door is one."""

import pytest

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article, digest
from recoupe.relate import relate


@pytest.mark.parametrize(
    ("text", "attacks"),
    [
        ("Israël a bombardé lundi la ville de Tyr. Le Hezbollah a bombardé lundi soir la ville de Tyr.", 2),
        ("Israël a bombardé lundi la ville de Tyr. Lundi soir, la ville de Tyr a été bombardée.", 1),
        (
            "Moscou accuse l'Ukraine d'avoir bombardé lundi la ville de Donetsk. "
            "Kiev accuse la Russie d'avoir bombardé lundi la ville de Donetsk.",
            1,
        ),
    ],
)
def test_attacks_of_two_sides(text: str, attacks: int) -> None:
    article = Article(id="a", text=text, sha256=digest(text), lang="fr", published="2024-10-11")
    found = relate(annotate([article], ANNOTATORS, Parser())).happenings
    assert len([one for one in found if one.type == "strike"]) == attacks
