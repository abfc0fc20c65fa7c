"""What was made from a store is made again and compared; one digest stands for all of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from keeping import sealed_anew
from recoupe.cli import verified
from recoupe.cli.again import accounted
from recoupe.export import Content
from recoupe.lang import pack
from recoupe.model.article import Article
from recoupe.model.records import Annotated
from recoupe.model.relations import Relations
from recoupe.store import Store, digest

Run = Callable[..., tuple[int, str, str]]
ARTICLES = Path(__file__).parents[1] / "relate" / "scenarios" / "toll.jsonl"
MADE = (
    ("export", "--format", "jsonl", "--out", "a.jsonl"), ("export", "--format", "geojson", "--out", "a.json"),
    ("export", "--format", "csv", "--out", "tables"), ("brief", "--html", "a.html"), ("brief", "--markdown", "a.md"),
    ("brief", "--json", "b.json"),
)  # fmt: skip


@pytest.fixture
def made(tmp_path: Path, run: Run) -> list[Path]:
    """A store with what was made from it, in French."""
    store = tmp_path / "s.db"
    assert run("add", "--store", store, ARTICLES)[0] == 0
    for command, *options, name in MADE:
        assert run(command, "--store", store, *options, tmp_path / name, lang="fr")[0] == 0
    return [store, *(tmp_path / name for *_, name in MADE)]


def test_files_are_what_the_store_gives_until_they_are_changed(run: Run, made: list[Path]) -> None:
    store, *files = made
    code, _, said = run("verify", "--store", store, *files)
    assert code == 0 and said.count("is what the store gives") == len(files), said
    for file in files:
        path = file / "claims.csv" if file.is_dir() else file
        lines = path.read_bytes().split(b"\n")
        at = len(lines) // 2
        path.write_bytes(b"\n".join([*lines[:at], lines[at] + b" ", *lines[at + 1 :]]))
        for lang, words in (("en", f"from line {at + 1} on"), ("fr", f"de la ligne {at + 1}")):
            code, _, said = run("verify", "--store", store, file, lang=lang)
            assert code == 4 and words in said and str(path) in said, said


def test_a_table_that_is_missing_is_told(run: Run, made: list[Path]) -> None:
    (made[3] / "claims.csv").unlink()
    code, _, said = run("verify", "--store", made[0], made[3])
    assert code == 4 and "claims.csv" in said


def test_a_file_that_is_not_there_is_told(run: Run, made: list[Path]) -> None:
    code, _, said = run("verify", "--store", made[0], made[0].with_name("no.html"))
    assert code == 3 and "no.html" in said
    # The others are compared all the same, and a difference counts for more.
    made[1].write_bytes(made[1].read_bytes() + b"\n")
    code, _, said = run("verify", "--store", made[0], made[0].with_name("no.html"), made[1], made[2])
    assert code == 4 and "no.html" in said and "is what the store gives" in said


def test_the_digest_shows_seals_that_were_made_anew(run: Run, made: list[Path]) -> None:
    store = Store(made[0])
    before = digest(store)
    assert before == digest(store) and before in run("verify", "--store", made[0])[2]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE arrival SET at = '2001-01-01' WHERE n = 1")
        sealed_anew(connection)
    assert run("verify", "--store", made[0])[0] == 0 and digest(store) != before


def _account(store: Store) -> object:
    return accounted(store, pack("fr"), None)


def _content(store: Store) -> object:
    found = Content.of(store, pack("fr"))
    return found.articles, found.relations, found.said


@pytest.mark.parametrize("read", [_account, _content])
def test_what_comes_while_a_store_is_read_does_not_count(
    read: Callable[[Store], object], made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writes after each of the reads that an account or an export is made of."""
    store, other, came = Store(made[0]), Store(made[0]), iter(range(1_000))
    before = read(store)

    def written_after(asks: Callable[..., object]) -> Callable[..., object]:
        def asked(*about: object, **how: object) -> object:
            found, text = asks(*about, **how), f"Le pont a rouvert.\n{next(came)}"
            other.put(Annotated(Article(id=text, text=text, sha256="0" * 64, lang="fr"), ()))
            other.put_relations(Relations(), other.state())
            return found

        return asked

    for name in ("articles", "relations", "stories", "heads"):
        monkeypatch.setattr(Store, name, written_after(getattr(Store, name)))
    assert read(store) == before and next(came) > 1 and read(store) != before


def test_the_digest_is_of_the_moment_that_was_checked(
    run: Run, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, check = Store(made[0]), verified.check_indexes
    before = digest(other)

    def late(store: Store) -> None:
        """Another writes while the store is checked."""
        other.put(Annotated(Article(id="late", text="Le pont a rouvert.", sha256="0" * 64, lang="fr"), ()))
        check(store)

    monkeypatch.setattr(verified, "check_indexes", late)
    code, _, said = run("verify", "--store", *made)
    assert code == 0 and before in said and digest(other) != before
