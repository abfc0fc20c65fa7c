"""What has gone on or come again since a day did not happen on that day."""

import pytest

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.model.article import Article, digest
from recoupe.relate import relate


@pytest.mark.parametrize(
    ("lang", "text", "published", "wanted"),
    [
        ("fr", "L'armée a bombardé la ville de Goma le 7 octobre.", "2024-10-11", ("2024-10-07", "2024-10-08")),
        ("fr", "Depuis le 7 octobre, l'armée a bombardé la ville de Goma.", "2024-10-11", ("2024-10-07", "2024-10-12")),
        ("fr", "Depuis le 7 octobre, l'armée a bombardé la ville de Goma.", "2024-10-31", ("2024-10-07", "2024-11-01")),
        ("en", "Since October 7, the army has shelled the town of Goma.", "2024-10-11", ("2024-10-07", "2024-10-12")),
    ],
)
def test_since_a_day(lang: str, text: str, published: str, wanted: tuple[str, str]) -> None:
    article = Article(id="a", text=text, sha256=digest(text), lang=lang, published=published)
    found = relate(annotate([article], ANNOTATORS, Parser())).happenings
    assert [(one.earliest[:10], one.latest[:10]) for one in found if one.earliest and one.latest] == [wanted]


@pytest.mark.parametrize(("when", "disputes"), [("entre le 5 et le 8 octobre", 0), ("samedi", 1)])
def test_the_dead_of_other_days_are_another_count(when: str, disputes: int) -> None:
    text = (
        "Trente personnes ont été tuées samedi dans une frappe à El-Fasher, selon le maire.\n"
        f"Cinquante personnes ont été tuées {when} à El-Fasher, selon l'ONU."
    )
    article = Article(id="a", text=text, sha256=digest(text), lang="fr", published="2025-10-12")
    found = relate(annotate([article], ANNOTATORS, Parser())).disputes
    assert len([one for one in found if one.kind == "number"]) == disputes
