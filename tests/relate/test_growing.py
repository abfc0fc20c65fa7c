"""A store that grows: whatever came first, and however many came at once, it ends as if all had come together."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bordurie import broken, english, toll, truce
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from piece import Piece
from sqlalchemy import select

from recoupe.model.records import Annotated
from recoupe.model.relations import Relations
from recoupe.relate import relate
from recoupe.run import related
from recoupe.store import Store, verify
from recoupe.store.schema import relation

BODY = (
    "Le port de Valmy est resté fermé toute la matinée après la découverte d'une mine flottante près du quai nord.\n"
    "Les démineurs de la marine ont remorqué l'engin vers le large et l'ont fait exploser peu après midi, sans dégâts."
)
BACKGROUND = "Depuis le 24 février, la Bordurie et la Syldavie se disputent le détroit et ses trois ports de commerce."
HARVEST = "La récolte de pommes s'annonce moyenne cette année dans les vergers du sud, où le gel a brûlé les fleurs."


def port(name: str, text: str, published: str | None) -> Annotated:
    """An article on a port, with its places."""
    piece = Piece(name, text, published)
    return piece.event("exploser", "other").done() if "exploser" in text else piece.done()


ARTICLES = [
    truce(),
    broken(),
    english(),
    toll("d", 12, "Anton Krull", "per/anton-krull", "2024-03-04"),
    toll("e", 19, "Mila Serne", "per/mila-serne", "2024-03-04"),
    toll("f", 21, "Mila Serne", "per/mila-serne", "2024-03-06"),
    port("g", f"{BODY}\n{BACKGROUND}", "2024-05-02"),
    port("h", f"{BODY}\nLe trafic a repris. (AFP)", "2024-05-03"),
    port("i", f"{HARVEST}\n{BACKGROUND}", "2024-05-03"),
    port("j", f"{BACKGROUND}\n{HARVEST[:70]} à Lutèce.", None),
    port("k", f"Valmy : un an après la trêve.\n{BACKGROUND}", "2025-03-04"),
    port("l", f"{BODY.splitlines()[0]} La préfecture parle d'une nuit calme à Ostrava.", "2024-05"),
]


def outcome(found: Relations) -> dict[str, object]:
    """What must not hang on the order: everything, entities and stories by what they join since their ids tell who came
    first."""
    names = {one.id: "+".join(sorted(one.keys)) for one in found.entities}
    held = {one.id: one.docs for one in found.stories}
    told: dict[str, object] = {
        name: [str(one).replace("None", "") for one in getattr(found, name)] for name in ("reuse", "origins")
    }
    told["stories"] = [str(replace(one, id="", story="")) for one in found.stories]
    told["entities"] = sorted(
        (names[one.id], one.label, one.forms, one.referents, one.mentions) for one in found.entities
    )
    told["happenings"] = [(one.id, names.get(one.actor or "", one.actor)) for one in found.happenings]
    told["statements"] = [(one.id, names.get(one.source or "", one.source), one.texts) for one in found.statements]
    told["disputes"] = [(one.id, one.relation, held.get(one.story or "")) for one in found.disputes]
    told["questions"] = [one.id for one in found.questions]
    told["truces"] = [(one.id, one.stage, [names.get(by, by) for by in one.by]) for one in found.truces]
    return told


WHOLE = outcome(relate(ARTICLES))


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "s.db", create=True)
    yield store
    store.close()


def grown(store: Store, batches: Sequence[Sequence[Annotated]]) -> Relations:
    """A store's relations after batches have come."""
    for batch in batches:
        for one in batch:
            store.put(one)
        related(store)
    return store.relations()


@settings(max_examples=8, deadline=None)
@given(st.permutations(ARTICLES), st.lists(st.integers(1, 4), min_size=len(ARTICLES), max_size=len(ARTICLES)))
def test_neither_the_order_nor_the_batches_change_the_end(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Annotated], sizes: list[int]
) -> None:
    store = Store(tmp_path_factory.mktemp("s") / "s.db", create=True)
    batches, at = [], 0
    for size in sizes:
        batches.append(articles[at : at + size])
        at += size
    assert outcome(grown(store, batches)) == WHOLE
    assert store.fresh()
    verify(store)
    store.close()


@pytest.mark.parametrize("size", [1, len(ARTICLES)])
def test_one_by_one_and_all_at_once(stores: Store, size: int) -> None:
    batches = [ARTICLES[at : at + size] for at in range(0, len(ARTICLES), size)]
    assert outcome(grown(stores, batches)) == WHOLE


def test_a_new_version_takes_the_place_of_the_old(stores: Store) -> None:
    old = replace(truce().article, text="Rien à signaler à Valmy ce matin, dit la mairie.\nLe marché a lieu.")
    grown(stores, [[Piece("a", old.text, "2024-03-04").done(), *ARTICLES[1:7]], ARTICLES[7:]])
    assert outcome(grown(stores, [[ARTICLES[0]]])) == WHOLE
    gone = port("g", f"{HARVEST}\nRien d'autre.", "2024-05-02")
    rest = [one for one in ARTICLES if one.article.id != "g"]
    assert outcome(grown(stores, [[gone]])) == outcome(relate([*rest, gone]))
    verify(stores)


def test_an_arrival_leaves_alone_what_it_does_not_touch(stores: Store) -> None:
    grown(stores, [ARTICLES[:6]])

    def rows() -> set[tuple[object, ...]]:
        with stores.engine.connect() as connection:
            return {tuple(row) for row in connection.execute(select(relation))}

    before = rows()
    grown(stores, [ARTICLES[6:8]])
    assert before <= rows()


def test_a_label_ends_with_the_first_signs_of_the_id(stores: Store) -> None:
    found = grown(stores, [ARTICLES])
    assert len({story.story for story in found.stories}) == len(found.stories)
    for story in found.stories:
        articles, part = stores.told(story.story)
        assert story in part.stories
        assert set(story.docs) <= {one.article.id for one in articles}
        assert stores.told(story.id)[1] == part
    assert stores.told("nothing-0000") == ([], Relations())


def copied(n: int) -> Annotated:
    """An article that has one paragraph in common with all others of its kind, and one with some of them."""
    shared = [
        BACKGROUND,
        BODY.splitlines()[n % 2],
        f"Le {n} mai, la préfecture a compté {n} navires à quai devant Valmy.",
    ]
    return Piece(f"c{n}", "\n".join(shared), f"2024-05-{1 + n % 3:02}").done()


@settings(max_examples=12, deadline=None)
@given(st.permutations([copied(n) for n in range(9)]), st.integers(1, 3), st.sampled_from([0, 16]))
def test_full_lists_of_marks_and_partners_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Annotated], size: int, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        for module in ("run.shelf", "relate.reuse.marks"):
            patched.setattr(f"recoupe.{module}.CROWD", 3)
        patched.setattr("recoupe.relate.reuse.lifting.PARTNERS", 2)
        patched.setattr("recoupe.store.index.FEW", few)
        store = Store(tmp_path_factory.mktemp("s") / "s.db", create=True)
        found = grown(store, [articles[at : at + size] for at in range(0, len(articles), size)])
        assert found.reuse
        assert outcome(found) == outcome(relate(articles))
        store.close()


def test_many_transactions_give_what_one_gives(stores: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoupe.run.relating.AT_ONCE", 5)
    for one in ARTICLES:
        stores.put(one)
    held: list[int] = []
    assert related(stores, held.append) == sum(held) == len(ARTICLES) and max(held) == 5
    assert stores.fresh() and outcome(stores.relations()) == WHOLE
