"""What a source changed in an article, sentence by sentence, and whether it says so."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoupe.annotate import ANNOTATORS, Parser, annotate
from recoupe.brief import account, as_html, as_markdown
from recoupe.brief.versions import edits, notice, rewritten, summary
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Block, identified
from recoupe.run import related
from recoupe.store import Outward, Store
from recoupe.store.versions import Version

Run = Callable[..., tuple[int, str, str]]
FIRST = "Des tirs ont visé le village de Klow mardi soir. Le gouverneur a parlé de 12 morts et de 30 blessés."
SECOND = "L'armée bordure a nié toute attaque contre des civils. Une enquête a été ouverte à Klow."
TITLE = "Des tirs sur Klow"


def article(*lines: str, kinds: str = "", lang: str = "fr", doc: str = "a") -> Annotated:
    """An article of lines, each of a kind: t title, b body (else), m what stands around it."""
    text, at, records = "\n".join(lines), 0, []
    made = Article(id=doc, text=text, sha256="0" * 64, lang=lang, outlet="Le Fil", published="2023-01-06")
    for n, line in enumerate(lines):
        kind = {"t": "title", "m": "meta"}.get(kinds[n : n + 1], "body")
        block = Block(start=at, end=at + len(line), text=line, kind=kind, maker="m")
        records.append(identified(block, made))
        at += len(line) + 1
    return Annotated(made, tuple(records))


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([FIRST, SECOND], [FIRST, SECOND], ""),
        ([FIRST, SECOND], [SECOND, FIRST], ""),
        ([FIRST, SECOND], [f"{FIRST} {SECOND}"], ""),
        ([FIRST], [FIRST.replace("'", "’").replace(" et", "  et")], ""),
        (["« Nous avons tout perdu », dit-elle."], ['"Nous avons tout perdu", dit-elle.'], ""),
        ([FIRST], [FIRST.replace("12 morts", "40 morts")], "changed"),
        ([FIRST, SECOND], [FIRST], "gone gone"),
        ([FIRST], [FIRST, SECOND], "came came"),
        ([FIRST, SECOND], [FIRST.replace("12", "40"), SECOND.split(". ")[1]], "changed gone"),
        ([FIRST], ["Le marché du vendredi se tiendra sur la place. Il pleuvra."], "came came gone gone"),
        ([], [FIRST], "came came"),
        ([FIRST], [], "gone gone"),
    ],
)
def test_sentences_that_went_came_and_were_changed(before: list[str], after: list[str], kinds: str) -> None:
    assert [one.kind for one in edits(article(*before), article(*after))] == kinds.split()


def test_a_changed_sentence_is_shown_word_by_word() -> None:
    (one,) = edits(article(FIRST), article(FIRST.replace("12 morts", "au moins 40 morts")))
    assert [part for part in one.parts if part[0] != "same"] == [("gone", "12 "), ("came", "au moins 40 ")]
    assert "".join(words for kind, words in one.parts if kind != "came") == one.before
    assert "".join(words for kind, words in one.parts if kind != "gone") == one.after


def test_the_page_around_an_article_does_not_count() -> None:
    before = article(TITLE, FIRST, "Il y a 3 heures", kinds="tbm")
    assert edits(before, article(TITLE, FIRST, "Les plus lus", kinds="tbm")) == []


@pytest.mark.parametrize(
    ("line", "kind", "lang", "said"),
    [
        ("Mis à jour le 6 janvier 2023 à 14h30", "m", "fr", True),
        ("MISE À JOUR : le bilan a été revu.", "b", "fr", True),
        ("Correction : une première dépêche parlait de 12 morts.", "b", "fr", True),
        ("Une version précédente de cet article donnait un autre bilan.", "b", "fr", True),
        ("Le bilan a changé. Rectificatif : il s'agit de 40 morts.", "b", "fr", True),
        ("Le ministre a demandé une correction de trajectoire.", "b", "fr", False),
        ("Le gouvernement n'a pas mis à jour ses chiffres.", "b", "fr", False),
        ("Updated at 14:30 GMT", "m", "en", True),
        ("An earlier version of this article gave another toll.", "b", "en", True),
        ("Correction: the toll is 40, not 12.", "b", "en", True),
        ("The ministry has not updated its figures.", "b", "en", False),
        ("He said the correction of the course was due.", "b", "en", False),
    ],
)
def test_whether_an_article_says_that_it_changed(line: str, kind: str, lang: str, said: bool) -> None:
    before, after = article(FIRST, lang=lang), article(FIRST, line, kinds=f"b{kind}", lang=lang)
    assert bool(notice(before, after)) is said
    # What stood there before says nothing of what came after.
    assert notice(after, after) == ""


def test_versions_are_compared_one_by_one() -> None:
    texts = [FIRST, FIRST.replace("12", "15"), FIRST.replace("12", "40")]
    steps = rewritten("a", [Version(f"2031-03-0{n + 1}T00:00:00+00:00", article(text)) for n, text in enumerate(texts)])
    assert [(one.edits[0].parts[1][1], one.later[:10]) for one in steps] == [
        ("12 ", "2031-03-02"), ("15 ", "2031-03-03"),
    ]  # fmt: skip
    for code in ("fr", "en"):
        assert summary(steps[0].edits, pack(code)).startswith("1 ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12), st.lists(st.text(max_size=60), max_size=12))
def test_any_two_texts_can_be_compared(before: list[str], after: list[str]) -> None:
    old, new = ([line for line in some if line and "\n" not in line] for some in (before, after))
    found = edits(article(*old), article(*new))
    assert all((one.kind != "came") == bool(one.before) and (one.kind != "gone") == bool(one.after) for one in found)
    assert edits(article(*new), article(*new)) == []


def test_long_texts_are_compared_in_little_time() -> None:
    import time

    texts = [" ".join(f"Phrase {n * k} de la page {k}." for n in range(6_000)) for k in (3, 7)]
    begun = time.process_time()
    assert edits(article(texts[0]), article(texts[1]))
    assert time.process_time() - begun < 20


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which an article has changed without a word, another has and says so."""
    path = tmp_path_factory.mktemp("versions") / "s.db"
    store = Store(path, create=True)
    told = "Correction : le bilan a été revu."
    for doc, outlet, texts in (
        ("a", "Le Fil", (FIRST, FIRST.replace("12", "40"))),
        ("b", "La Vigie", (f"{FIRST} {SECOND}", f"{FIRST.replace('12', '40')} {SECOND}\n{told}")),
        ("c", "Le Jour", (FIRST,)),
    ):
        for text in texts:
            text = f"{TITLE}\n{text}"
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            one = Article(id=doc, text=text, sha256=sha256, lang="fr", outlet=outlet, published="2023-01-06")
            store.put(annotate([one], ANNOTATORS, Parser())[0])
    related(store)
    return path


def test_the_account_says_what_was_changed_without_a_word(stored: Path) -> None:
    away = Outward(Store(stored), leaving=True)
    articles = away.articles()
    for code in ("fr", "en"):
        found = account(articles, away.relations(), pack(code), versions=away.versions())
        steps = [one for story in found.stories for one in story.rewritten]
        assert [(one.doc, bool(one.notice)) for one in steps] == [("a", False), ("b", True)]
        say = pack(code).phrase
        for page in (as_html(found, pack(code)), as_markdown(found, pack(code))):
            assert say("versions.head") in page and say("versions.head_said") in page
        assert "<del>12 </del><ins>40 </ins>" in as_html(found, pack(code))
    plain = account(articles, away.relations(), pack("fr"))
    assert all(not story.rewritten for story in plain.stories)


def test_the_command_shows_the_versions(run: Run, stored: Path) -> None:
    code, out, _ = run("versions", "a", "--store", stored)
    assert code == 0 and "without saying so: 1 sentence changed" in out and "− " in out and "+ " in out
    assert "Correction" in run("versions", "b", "--store", stored)[1]
    assert "One version only" in run("versions", "c", "--store", stored)[1]
    assert run("versions", "z", "--store", stored)[0] == 3
    code, out, _ = run("brief", "--store", stored)
    assert code == 0 and "Changed without a word" in out and "40 morts" in out
