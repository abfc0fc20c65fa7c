"""Words of other languages are marked once, and hours without a day are known as such."""

import msgspec
import pytest
from newsdesk import Set

from recoupe.brief import account, as_markdown
from recoupe.brief.dates import hour_alone
from recoupe.lang import pack
from recoupe.model.records import Time


def test_words_of_another_language_are_marked(news: Set) -> None:
    story = account(*news, pack("fr")).stories[0]
    serne = [line for line in (*story.lead, *story.more) if "They fired twice" in line.text]
    assert [line.parts[-1].text for line in serne] == ["(en anglais)"]
    assert not any("(en anglais)" in line.text for line in (*story.lead, *story.more) if "Krull" in line.text)


def test_one_language_of_all_articles_is_said_once(news: Set) -> None:
    french = [one for one in news.articles if one.article.lang == "fr"]
    story = msgspec.structs.replace(news.relations.stories[0], docs=("a", "b"))
    relations = msgspec.structs.replace(news.relations, stories=(story,), disputes=(), truces=())
    found = account(french, relations, pack("en"))
    told = as_markdown(found, pack("en"))
    assert (found.foreign, told.count("in French")) == ("French", 1)
    assert account(french, relations, pack("fr")).foreign == ""


@pytest.mark.parametrize(
    ("text", "lang", "alone"),
    [
        ("18 heures", "fr", True),
        ("minuit", "fr", True),
        ("lundi minuit", "fr", False),
        ("19 avril à 18h00", "fr", False),
        ("6 pm", "en", True),
        ("midnight on Sunday", "en", False),
    ],
)
def test_an_hour_without_a_day_contradicts_nothing(text: str, lang: str, alone: bool) -> None:
    time = Time(start=0, end=len(text), text=text, type="TIME", value="2031-03-03T18:00", grain="hour")
    assert hour_alone(time, pack(lang)) is alone
