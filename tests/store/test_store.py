"""A real database: what goes in comes out, once, and any later change shows."""

import random
from pathlib import Path

import msgspec
import pytest
import raw
from sqlalchemy import select, update

from recoupe.errors import StoreError, VerifyError
from recoupe.model.article import Article
from recoupe.model.records import Annotated, Block, Claim, Figure, Time, identified
from recoupe.model.relations import Answer, Dispute, Relations, Statement, Story
from recoupe.store import Store, verify
from recoupe.store.rows import sealed
from recoupe.store.schema import record as table

TEXT = "Le porte-parole a annoncé mardi que 12 ponts avaient été détruits.\nUn témoin parle de 9 ponts."


def article(name: str = "a", text: str = TEXT, **fields: object) -> Article:
    values: dict[str, object] = {"sha256": "0" * 64, "lang": "fr", "published": "2023-05-02", "read": "2023-05-03"}
    return Article(id=name, text=text, **(values | fields))  # type: ignore[arg-type]


def annotated(about: Article) -> Annotated:
    """An article with one record of several layers."""

    def cut(words: str) -> dict[str, object]:
        start = about.text.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    claim = identified(
        Claim(**cut("12 ponts avaient été détruits"), source=(0, 15), cue=(16, 25), source_entity="per/x"), about
    )
    found = [
        identified(Block(**cut(about.text.split("\n")[0]), kind="body"), about),
        identified(Time(**cut("mardi"), type="DATE", value="2023-05-02", earliest="2023-05-02"), about),
        claim,
        identified(Figure(**cut("12"), low=12, high=12, measure="destroyed", claims=(claim.id,)), about),
    ]
    return Annotated(about, tuple(found))


def relations(found: Annotated) -> Relations:
    claim = found.layer(Claim)[0]
    answer = Answer(doc=found.article.id, start=claim.start, end=claim.end, text=claim.text, group=1, voice="named")
    return Relations(
        statements=(
            Statement(
                id="s", claims=((found.article.id, claim.id),), shown=("a", claim.id), act="assert", polarity="+"
            ),
        ),
        stories=(Story(id="t", story="ponts", docs=(found.article.id,)),),
        disputes=(Dispute(id="d", question="?", kind="number", answers=(answer,)),),
    )


def test_what_goes_in_comes_out(store: Store) -> None:
    found = annotated(article(translated=True, translated_why=("x",), hints=((0, 3, "body"),)))
    assert store.put(found)
    assert store.articles() == [found]
    assert not store.fresh()
    store.put_relations(relations(found), store.state())
    assert store.fresh()
    assert store.relations() == relations(found)
    assert verify(store) == (1, 4)


def test_the_longest_id_and_odd_signs_come_out(store: Store) -> None:
    odd = "\x01\x7f\u2028\ufffd\U0001f600%s?:x\\'\""
    long = "".join(chr(0x10000 + n * 7919 % 0xF0000) for n in range(300))
    found = annotated(article(long, TEXT + odd, title=odd * 1000, outlet=odd, url=odd * 400, source=odd))
    assert store.put(found) and store.articles(frozenset({long})) == [found]
    store.put_relations(relations(found), store.state())
    store.notice([("x", long, odd)], None, 1)
    assert verify(store) == (1, 4) and store.alerts()[0].body == odd
    with store.changing() as transaction:
        assert [one.id for one in transaction.articles([long])] == [long]


def test_the_same_again_changes_nothing(store: Store) -> None:
    found = annotated(article())
    assert store.put(found)
    store.put_relations(relations(found), store.state())
    before = raw.rows(store)
    assert not store.put(annotated(article(read="2024-01-01")))
    assert raw.rows(store) == before


def test_another_text_is_a_new_version(store: Store) -> None:
    first = annotated(article())
    second = annotated(article(text=TEXT + "\nMis à jour."))
    assert store.put(first) and store.put(second)
    assert store.articles() == [second]
    with store.engine.connect() as connection:
        assert [one.annotated for one in sealed(connection)] == [first, second]
    assert verify(store) == (2, 8)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [("missing.db", None, "store.missing"), ("text.db", b"no database at all, but words " * 50, "store.not_a_store")],
)
def test_what_is_no_store_is_said_so(tmp_path: Path, name: str, content: bytes | None, key: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / name)
    assert caught.value.key == key


def test_another_schema_is_said_so(store: Store) -> None:
    raw.put(store, "UPDATE fact SET value = '999' WHERE key = 'schema'")
    with pytest.raises(StoreError) as caught:
        raw.again(store)
    assert caught.value.key == "store.other_schema"


# Each changes one thing behind the program's back.
TAMPERING = {
    "a character of the text": "UPDATE article SET text = replace(text, '12', '21') WHERE id = 'a'",
    "a number": "UPDATE record SET body = replace(body, '\"low\":12', '\"low\":13')",
    "an offset": "UPDATE record SET body = replace(body, '\"start\":', '\"start\":1') WHERE layer = 'time'",
    "a polarity": 'UPDATE record SET body = replace(body, \'"layer":"claim"\', \'"layer":"claim","polarity":"-"\')',
    "a source": "UPDATE record SET body = replace(body, 'per/x', 'per/y')",
    "a date": "UPDATE article SET published = '2023-05-01' WHERE id = 'a'",
    "an address": "UPDATE article SET url = 'http://example.org' WHERE id = 'a'",
    "a record lost": "DELETE FROM record WHERE layer = 'figure'",
    "records exchanged": "UPDATE record SET n = 100 - n",
    "the first article lost": "DELETE FROM article WHERE id = 'a'",
    "the last article lost": "DELETE FROM article WHERE id = 'b'",
    "a seal": "UPDATE article SET seal = 'x' WHERE id = 'a'",
    "an answer's words": "UPDATE relation SET body = replace(body, 'avaient', 'auraient') WHERE layer = 'dispute'",
    "a story lost": "DELETE FROM relation WHERE layer = 'story'",
    "no JSON": "UPDATE record SET body = '{' WHERE layer = 'figure'",
}


@pytest.mark.parametrize("sql", TAMPERING.values(), ids=TAMPERING.keys())
def test_verify_finds_what_was_changed(store: Store, sql: str) -> None:
    found = annotated(article())
    store.put(found)
    store.put(annotated(article("b")))
    store.put_relations(relations(found), store.state())
    assert verify(store) == (2, 8)
    assert raw.put(store, sql) > 0
    with pytest.raises(VerifyError):
        verify(store)


def test_verify_finds_any_changed_value(store: Store) -> None:
    """One value of one record's JSON changed at random, many times over."""
    found = annotated(article())
    store.put(found)
    store.put_relations(relations(found), store.state())
    draw = random.Random(7)
    with store.engine.connect() as connection:
        rows = connection.execute(select(table.c.n, table.c.body)).all()
    for _ in range(200):
        n, body = draw.choice(rows)
        record = msgspec.json.decode(body)
        key = draw.choice([key for key in record if key != "layer"])
        value = record[key]
        record[key] = value + 1 if isinstance(value, int) else f"{value}x"
        for put in (msgspec.json.encode(record).decode(), body):
            with store.engine.begin() as connection:
                connection.execute(update(table).where(table.c.n == n).values(body=put))
            if put != body:
                with pytest.raises(VerifyError):
                    verify(store)
    assert verify(store) == (1, 4)
