"""The rules of wording that a desk holds the account to."""

import re

import msgspec
import pytest
from newsdesk import Set, shuffled, written

from recoupe.brief import account, as_html, as_markdown
from recoupe.brief.check import lines
from recoupe.brief.model import Account, Line
from recoupe.brief.terminal import render as as_text
from recoupe.brief.wording import supported
from recoupe.brief.words import words_of
from recoupe.errors import RecoupeError
from recoupe.lang import available, pack
from recoupe.model.hand import Hand

CODES = available()


def all_lines(found: Account) -> list[Line]:
    return [line for story in found.stories for line in lines(story)]


@pytest.fixture(params=CODES)
def found(request: pytest.FixtureRequest, news: Set) -> Account:
    return account(*news, pack(request.param))


def test_every_line_lists_its_records_and_passages(found: Account, news: Set) -> None:
    texts = {one.article.id: one for one in news.articles}
    assert all_lines(found)
    for line in all_lines(found):
        assert line.refs, line.text
        assert line.links, line.text
        assert all(texts[doc].find(record) is not None for doc, record in line.refs)
        for link in line.links:
            text = texts[link.doc].article.text
            assert 0 <= link.start < link.end <= len(text)
            assert text[: link.start].count("\n") >= link.paragraph - 1
        assert 1 <= line.support.texts <= line.support.articles


def test_words_shown_as_an_articles_are_an_articles(found: Account, news: Set) -> None:
    whole = " ".join(" ".join(one.article.text.split()) for one in news.articles).lower()
    cut = re.escape(words_of(pack(found.lang)).cut)
    for line in all_lines(found):
        for part in line.parts:
            if part.kind in ("words", "quote"):
                assert all(piece.strip().lower() in whole for piece in re.split(cut, part.text)), part


def test_quotation_marks_stand_only_round_what_the_article_quotes(found: Account) -> None:
    marks = words_of(pack(found.lang))
    quotes = set()
    for line in all_lines(found):
        for i, part in enumerate(line.parts):
            if part.kind == "quote":
                assert line.parts[i - 1].text == marks.opening
                assert line.parts[i + 1].text == marks.closing
                quotes.add(part.text)
            elif part.kind == "ours" and marks.opening.strip() in part.text:
                assert line.parts[i + 1].kind == "quote"
    assert quotes == {"Nos troupes tiennent la parole donnée", "They fired twice"}


def test_a_translation_says_so_beside_its_quotations(found: Account) -> None:
    note = pack(found.lang).phrase("brief.translated")
    for line in all_lines(found):
        for i, part in enumerate(line.parts):
            if part.text == "They fired twice":
                assert note in [p.text for p in line.parts[i : i + 4]]
            if part.text.startswith("Nos troupes"):
                assert note not in [p.text for p in line.parts]


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_confirmed(code: str, news: Set) -> None:
    found = account(*news, pack(code))
    for text in (as_markdown(found, pack(code)), as_text(found, pack(code)), as_html(found, pack(code))):
        assert not re.search(r"confirm", text, re.IGNORECASE)


def test_copies_are_one_text(news: Set) -> None:
    french = pack("fr")
    story = account(*news, french).stories[0]
    assert (story.texts, story.numbers) == (2, (1, 2, 3))
    shelled = next(line for line in (*story.lead, *story.more) if "obus" in line.text)
    assert supported(shelled.support, french) == "1 texte (2 articles), 1 source première"
    told = next(moment.line for moment in story.timeline if moment.line.support.articles == 3)
    assert told.support.texts == 2


def test_independence_is_not_claimed_where_it_is_not_known() -> None:
    news, french = written(sure=False), pack("fr")
    story = account(*news, french).stories[0]
    told = next(moment.line for moment in story.timeline if moment.line.support.articles == 3)
    assert supported(told.support, french) == "2 textes (3 articles), indépendance non établie"


def test_who_speaks_in_which_role_and_where(news: Set) -> None:
    story = account(*news, pack("fr")).stories[0]
    kept = next(row.line for row in story.truces[0].answers if row.stance == "kept")
    assert kept.text == (
        "Anton Krull, porte-parole du ministère, affirme : « Nos troupes tiennent la parole donnée » (Telegram)"
    )
    unnamed = next(line for line in (*story.lead, *story.more) if "obus" in line.text)
    assert unnamed.text.startswith("Des habitants affirment que des obus sont tombés")


def test_what_is_feared_is_kept_apart(found: Account) -> None:
    story = found.stories[0]
    assert any("une offensive vers Valmy" in line.text for line in story.ahead)
    assert not any("une offensive vers Valmy" in line.text for line in (*story.lead, *story.more))


def test_figures_stand_side_by_side_with_who_gives_them(news: Set) -> None:
    relations = msgspec.structs.replace(news.relations, disputes=news.relations.disputes[1:])
    table = account(news.articles, relations, pack("fr")).stories[0].figures[0]
    assert [(row.value, row.line.support.first_sources) for row in table.rows] == [
        ("15", ("Mila Serne",)),
        ("au moins 12", ("Des habitants",)),
    ]
    assert (table.as_of, [row.as_of for row in table.rows]) == ("", ["", ""])


def test_figures_of_a_dispute_are_not_told_again(news: Set) -> None:
    story = account(*news, pack("fr")).stories[0]
    assert (story.figures, story.counted) == ((), 3)


def test_disputes_answer_in_columns(news: Set) -> None:
    number, denial = sorted(account(*news, pack("fr")).stories[0].disputes, key=lambda one: one.kind, reverse=True)
    assert ["".join(p.text for p in column.head) for column in number.columns] == ["au moins 12", "15"]
    assert "compatible n’est pas d’accord" in number.why
    assert ["".join(p.text for p in column.head) for column in denial.columns] == ["Oui", "Non"]
    assert len(denial.columns[1].lines) == 1  # the copy's answer is no second one
    assert denial.columns[1].lines[0].support.articles == 2


def test_a_truce_has_its_window_and_its_incidents(news: Set) -> None:
    truce = account(*news, pack("fr")).stories[0].truces[0]
    assert (truce.window.start, truce.window.end) == ("3 mars 2031, 12:00", "5 mars 2031, 24:00")
    rows = {row.label: row.line.text for row in truce.rows}
    assert list(rows) == ["fenêtre", "étendue"]
    assert "fuseau non dit" in rows["fenêtre"]
    assert [row.group for row in truce.incidents] == ["inside", "unsaid"]


def test_dates_that_are_worked_out_say_so(news: Set) -> None:
    found = account(*news, pack("fr"))
    shelled = next(moment for moment in found.stories[0].timeline if moment.line.support.articles == 3)
    assert shelled.deduced
    assert shelled.when.endswith("(déduit)")
    assert [article.deduced for article in found.articles] == [False, True, True]


@pytest.mark.parametrize("code", CODES)
def test_the_order_of_arrival_changes_nothing(code: str, news: Set) -> None:
    assert account(*news, pack(code)) == account(*shuffled(news), pack(code))


def test_what_a_person_has_read_is_no_longer_the_machines(news: Set) -> None:
    assert all(line.machine for line in all_lines(account(*news, pack("fr"))))
    read = {(one.article.id, record.id) for one in news.articles for record in one.records}
    assert not any(line.machine for line in all_lines(account(*news, pack("fr"), hand=Hand(reviewed=frozenset(read)))))


def test_one_story_alone(news: Set) -> None:
    assert account(*news, pack("fr"), "trev-ostrava").stories == account(*news, pack("fr"), "story").stories
    with pytest.raises(RecoupeError):
        account(*news, pack("fr"), "elsewhere")


def test_nothing_to_tell() -> None:
    from recoupe.model.relations import Relations

    found = account((), Relations(), pack("fr"))
    assert found.stories == ()
    assert as_html(found, pack("fr")).startswith("<!DOCTYPE html>")


def test_both_languages_have_the_same_phrases() -> None:
    def keys(found: dict[str, object], at: str = "") -> set[str]:
        return {
            key
            for name, value in found.items()
            for key in (keys(value, f"{at}{name}.") if isinstance(value, dict) else {at + name})
        }

    assert len({frozenset(keys(pack(code).phrases("brief"))) for code in CODES}) == 1
