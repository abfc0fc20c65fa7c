"""The packs' cases of who a source means, and what must hold of any source."""

import functools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.lang import available, pack
from recoupe.lang.demonyms import demonyms
from recoupe.lang.pack import FOLDER
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Claim, Name

NEEDED = tuple(annotator for annotator in ANNOTATORS if annotator.gives in ("block", "time", "name", "claim"))


@functools.cache
def cases(code: str) -> list[dict[str, object]]:
    path = Path(FOLDER) / code / "cases" / "sources.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


@functools.cache
def annotated(code: str) -> list[Annotated]:
    texts = [str(case["text"]) for case in cases(code)]
    articles = [
        Article(id=f"case{i}", text=text, sha256="", lang=code, published="2024-05-15") for i, text in enumerate(texts)
    ]
    return list(annotate(articles, NEEDED, Parser()))


def referent(who: str, found: Annotated) -> str | None:
    """The slug that a case means: of a name in its text, or as written."""
    if who == "-" or "/" in who:
        return None if who == "-" else who
    names = [name for name in found.layer(Name) if who in name.text]
    return names[0].entity if names else f"no name: {who}"


@pytest.mark.parametrize("code", available())
def test_cases(code: str) -> None:
    wrong = []
    for case, found in zip(cases(code), annotated(code), strict=True):
        rows = [[cell.strip() for cell in line.split("|")] for line in case["sources"]]  # type: ignore[attr-defined]
        meant = [(source, referent(who, found)) for source, who in rows]
        claims = [claim for claim in found.layer(Claim) if claim.source is not None]
        got = [(found.article.text[slice(*claim.source)], claim.source_entity) for claim in claims if claim.source]
        if sorted(set(meant), key=str) != sorted(set(got), key=str):
            wrong.append((case["text"], meant, got))
    assert not wrong, "\n".join(map(str, wrong))


# Pieces of news to be joined at random: whoever a source means, it must be someone that the article names.
PIECES = {
    "fr": """
        Le ministre de la Défense, Paul Verdier, a visité la base.
        Il a déclaré que les travaux avançaient.
        Le président ukrainien a accusé Moscou de mentir.
        Selon lui, la ville tiendra.
        Elle a ajouté que rien n’a changé.
        Le Hamas a tiré deux roquettes.
        Le mouvement islamiste affirme que trois hommes sont morts.
        Le chef du Kremlin a promis que la guerre finirait.
        Les autorités russes démentent.
        Ce dernier a refusé de partir.
        Les rebelles disent que le pont a sauté.
        « Nous attendons », ont-ils dit.
        La même source affirme que tout brûle.
        Son porte-parole a indiqué que la route était coupée.
        Un témoin a raconté que l’eau montait.
        D’après l’agence, dix navires sont partis.
        Vladimir Poutine a reçu Emmanuel Macron.
        Le communiqué précise que tout va bien.
        À Moscou, on assure que la trêve tient.
        Le magistrat a précisé que deux hommes étaient en fuite.
    """,
    "en": """
        Defence Minister Paul Verdier visited the base.
        He said that the work was going on.
        The Ukrainian president accused Moscow of lying.
        According to him, the town will hold.
        She added that nothing had changed.
        Hamas fired two rockets.
        The Islamist movement said that three men had died.
        The latter said that he would stay.
        The Kremlin leader said that the war would end.
        Russian authorities denied it.
        They said that the bridge was gone.
        The rebels said that the bridge was gone.
        “We are waiting,” it said.
        The same source said that all was burning.
        His spokesman said that the road was cut.
        A witness said that the water was rising.
        According to the agency, ten ships have left.
        Vladimir Putin met Emmanuel Macron.
        The statement said that all was well.
    """,
}


@pytest.mark.parametrize("code", sorted(PIECES))
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_whoever_is_meant_is_named(code: str, data: st.DataObject) -> None:
    text = " ".join(
        piece.strip()
        for piece in data.draw(st.lists(st.sampled_from(PIECES[code].split("\n")[1:-1]), min_size=1, max_size=8))
    )
    article = Article(id="a", text=text, sha256="", lang=code, published="2024-05-15")
    found = annotate([article], NEEDED, Parser())[0]
    names = found.layer(Name)
    named = {name.entity for name in names} | {name.stands_for for name in names}
    countries = demonyms(pack(code)).labels
    for claim in found.layer(Claim):
        who = claim.source_entity
        if who is None:
            continue
        assert claim.source is not None and claim.source[0] < claim.source[1]
        organ = any(who.startswith(f"org/{country.removeprefix('loc/')}-") for country in countries)
        assert who in named or who in countries or organ
