"""Names in the reader's language, and quotations that are shown whole."""

import pytest

from recoupe.brief.index import Index
from recoupe.brief.wording import cut, own_words
from recoupe.brief.words import namer
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Block, identified
from recoupe.model.relations import Relations


@pytest.mark.parametrize(
    ("code", "slug", "subject", "many"),
    [
        ("fr", "loc/ukraine", "l’Ukraine", False),
        ("fr", "loc/russia", "la Russie", False),
        ("fr", "loc/iran", "l’Iran", False),
        ("fr", "loc/mexico", "le Mexique", False),
        ("fr", "loc/sudan", "le Soudan", False),
        ("fr", "loc/north-korea", "la Corée du Nord", False),
        ("fr", "loc/israel", "Israël", False),
        ("fr", "loc/cuba", "Cuba", False),
        ("fr", "loc/united-states", "les États-Unis", True),
        ("fr", "loc/moscow", "Moscou", False),
        ("fr", "org/ukraine-government", "le gouvernement de l’Ukraine", False),
        ("fr", "org/united-states-defence-ministry", "le ministère de la Défense des États-Unis", False),
        ("fr", "org/israel-air-force", "l’armée de l’air d’Israël", False),
        ("fr", "org/ukraine-joint-forces", "les forces conjointes de l’Ukraine", True),
        ("en", "loc/ukraine", "Ukraine", False),
        ("en", "loc/moscow", "Moscow", False),
        ("en", "loc/united-states", "the United States", False),
        ("en", "org/united-states-government", "the United States’ government", False),
        ("en", "org/russia-defence-ministry", "Russia’s defence ministry", False),
        ("en", "org/ukraine-armed-forces", "Ukraine’s armed forces", True),
    ],
)
def test_countries_and_their_bodies_in_the_readers_language(code: str, slug: str, subject: str, many: bool) -> None:
    named = namer(pack(code)).named(slug)
    assert named is not None
    assert (named.subject, named.many) == (subject, many)


@pytest.mark.parametrize("slug", ["org/tass", "per/anton-krull", "org/syldavian-mod", "org/ukraine-tea-society"])
def test_other_names_stay_as_the_articles_write_them(slug: str) -> None:
    assert namer(pack("fr")).named(slug) is None


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Il juge l’offre “peu sérieuse” et tardive.", "l’offre “peu sérieuse", "l’offre “peu sérieuse”"),
        ("Il juge l’offre « peu sérieuse », dit-il.", "l’offre « peu", "l’offre « peu sérieuse »"),
        ("Selon elle, “le port est vide”, le maire se tait.", "port est vide”, le", "“le port est vide”, le"),
        ('Il parle d\'un "malentendu" grave.', "d'un \"malentendu", 'd\'un "malentendu"'),
        ("Elle a dit « oui » hier.", "a dit « oui » hier", "a dit « oui » hier"),
        ("Une marque “seule reste seule.", "marque “seule", "marque “seule"),
    ],
)
def test_words_shown_keep_their_quotations_whole(text: str, words: str, shown: str) -> None:
    article = Article(id="q", text=text, sha256="00" * 32, lang="fr")
    block = identified(Block(start=0, end=len(text), text=text, kind="body"), article)
    index = Index([Annotated(article, (block,))], Relations(), pack("fr"))
    start = text.index(words)
    assert "".join(part.text for part in own_words(index, "q", [(start, start + len(words))])) == shown


def test_a_cut_spares_a_quotation() -> None:
    text = "Le maire redit que la route reste close et que “nul ne passera avant mai”, quoi qu’il arrive ensuite."
    assert cut(text, pack("fr"), 60) == "Le maire redit que la route reste close et que “nul ne passera avant mai” […]"
    assert len(cut("mot " * 100, pack("fr"), 70)) < 80
