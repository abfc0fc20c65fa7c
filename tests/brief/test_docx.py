"""The account as a Word document, read back with python-docx."""

import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import Set

from recoupe.brief import account, as_docx
from recoupe.brief.docx import clean
from recoupe.brief.outline import entries
from recoupe.lang import available, pack


@pytest.mark.parametrize("code", available())
def test_every_sentence_is_in_the_document(code: str, news: Set) -> None:
    made = account(*news, pack(code))
    document = Document(io.BytesIO(as_docx(made, pack(code))))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    for entry in entries(made, pack(code)):
        told = "".join(part.text for part in entry.parts)
        assert any(told in paragraph for paragraph in paragraphs), told
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert made.stories[0].title in headings[0]


def test_only_the_articles_words_are_in_italics(news: Set) -> None:
    made = account(*news, pack("fr"))
    document = Document(io.BytesIO(as_docx(made, pack("fr"))))
    words = " ".join(one.article.text for one in news[0])
    leaning = [run.text for p in document.paragraphs for run in p.runs if run.italic and len(run.text) > 20]
    assert leaning
    for text in leaning:
        parts = [part for part in text.strip('«» \u00a0\u202f“”"').split(" […]") if part]
        assert all(part.strip() in words for part in parts), text


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    document = Document()
    document.add_paragraph(clean(text))
    document.save(io.BytesIO())
