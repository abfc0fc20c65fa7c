"""Names: every pack's own cases, and what must hold of all names."""

import itertools
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate import Parser
from recoupe.annotate.draft import Draft
from recoupe.annotate.names import Names
from recoupe.annotate.names.words import lexicon, words
from recoupe.annotate.tree import Tree
from recoupe.lang import available, pack
from recoupe.model.article import Article
from recoupe.model.parse import Parse, Token
from recoupe.model.records import Block, Name


def drafted(text: str, lang: str, kind: str = "body") -> Draft:
    """A draft with one block a line."""
    draft = Draft(Article(id="a", text=text, sha256="", lang=lang), pack(lang))
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(start=start, end=start + len(line), text=line, kind=kind))  # type: ignore[arg-type]
        start += len(line) + 1
    draft.put("block", blocks)
    return draft


def names(text: str, lang: str, kind: str = "body") -> list[Name]:
    """The names of a text, parsed."""
    draft = drafted(text, lang, kind)
    blocks = draft.layer(Block)
    parses = Parser()([block.text for block in blocks], draft.pack)
    draft.trees = [Tree(parse, b.start, b.end, b.kind) for b, parse in zip(blocks, parses, strict=True)]
    return [record for record in Names()(draft) if isinstance(record, Name)]


def cases() -> list[object]:
    found: list[object] = []
    for code in available():
        listed = tomllib.loads((pack(code).folder / "cases" / "names.toml").read_text(encoding="utf-8"))
        found += [pytest.param(code, case, id=f"{code}: {case['text'][:40]}") for case in listed["case"]]
    return found


@pytest.mark.parametrize(("lang", "case"), cases())
def test_case(lang: str, case: dict[str, str]) -> None:
    found = names(case["text"], lang, case.get("kind", "body"))
    assert [[n.type, n.text, *([n.stands_for] if n.stands_for else [])] for n in found] == case["names"]


def test_one_referent_in_two_spellings() -> None:
    text = "Sergueï Choïgou est arrivé. Choïgou a parlé.\nShoigu part demain avec Maher al-Assad et Bachar al-Assad."
    slugs = {name.text: name.entity for name in names(text, "fr")}
    assert slugs["Choïgou"] == slugs["Sergueï Choïgou"] == slugs["Shoigu"]
    assert slugs["Maher al-Assad"] != slugs["Bachar al-Assad"]


def test_one_body_in_two_languages() -> None:
    french = names("Le ministère russe de la Défense a démenti.", "fr")
    english = names("The Russian Ministry of Defence denied it.", "en")
    assert [name.entity for name in french] == [name.entity for name in english] == ["org/russia-defence-ministry"]


@given(st.text(alphabet=st.sampled_from("Le ministère russe Kyiv d'l'-.:,Crédit\n«»“”’ABCdef09☃\u00a0"), max_size=80))
@settings(deadline=None)
def test_hostile(text: str) -> None:
    """Without a parser: each word its own root, so that only lists, patterns and evidence speak."""
    for code in available():
        draft = drafted(text, code, "caption")
        for block in draft.layer(Block):
            cut = [(w.start, w.end) for w in words(draft.text[block.start : block.end])]
            tokens = tuple(
                Token(a, b, block.text[a:b], block.text[a:b].lower(), "PROPN", "", i, "ROOT", "LOC", True, i == 0)
                for i, (a, b) in enumerate(cut)
            )
            draft.trees.append(Tree(Parse(tokens), block.start, block.end, block.kind))
        found = [record for record in Names()(draft) if isinstance(record, Name)]
        assert all(name.text == text[name.start : name.end] and name.text for name in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert all(name.entity.partition("/")[2] for name in found)


def test_packs_agree_on_concepts_and_referents() -> None:
    lexicons = [lexicon(pack(code)) for code in available()]
    assert all(found.patterns and found.people for found in lexicons)
    shared = set.intersection(*(set(found.people.values()) for found in lexicons))
    assert len(shared) > 50
