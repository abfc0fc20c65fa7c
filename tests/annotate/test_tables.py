"""The tables that are read quickly hold what spaCy's own hold."""

from pathlib import Path

import numpy
import spacy
from spacy.lookups import Lookups
from spacy.vectors import Vectors

from recoupe.annotate import loading, tables
from recoupe.lang import pack

WORDS = ["soldat", "soldats", "eût", "arc-en-ciel"]


def test_a_lemmatizer_finds_the_same(tmp_path: Path) -> None:
    kept = Lookups()
    kept.add_table("lemma_lookup", {"soldats": "soldat", "eût": "avoir"})
    kept.add_table("lemma_exc", {"verb": {"eût": ["avoir"]}})
    kept.add_table("lemma_index", {"noun": ["soldat"]})
    kept.add_table("lemma_rules", {"noun": [["s", ""]]})
    kept.to_disk(tmp_path)
    read = Lookups()
    tables.lemmas(read, tmp_path / "lookups.bin")
    assert read.tables == kept.tables
    for word in WORDS:
        assert read.get_table("lemma_lookup").get(word, word) == kept.get_table("lemma_lookup").get(word, word)
        assert (word in read.get_table("lemma_lookup")) == (word in kept.get_table("lemma_lookup"))
        assert (word in read.get_table("lemma_index")["noun"]) == (word in kept.get_table("lemma_index")["noun"])
        exceptions = [list(one.get_table("lemma_exc")["verb"].get(word, ())) for one in (read, kept)]
        assert exceptions[0] == exceptions[1]
    assert read.get_table("lemma_rules").get("noun") == [["s", ""]]


def test_a_lemmatizer_without_tables(tmp_path: Path) -> None:
    read = Lookups()
    tables.lemmas(read, tmp_path / "lookups.bin")
    assert not read.tables


def test_words_find_the_same_vectors(tmp_path: Path) -> None:
    kept = Vectors(data=numpy.arange(6, dtype="f").reshape(2, 3), keys=WORDS[:2])
    kept.add(WORDS[2], row=1)
    kept.to_disk(tmp_path)
    read = Vectors()
    tables.vectors(read, tmp_path)
    assert [read.find(key=word) for word in WORDS] == [kept.find(key=word) for word in WORDS]
    assert numpy.array_equal(read.get_batch(WORDS[:3]), kept.get_batch(WORDS[:3]))


def test_no_vectors(tmp_path: Path) -> None:
    read = Vectors()
    tables.vectors(read, tmp_path)
    assert read.shape[0] == 0


def test_a_pipeline_reads_as_spacy_loads_it() -> None:
    text = "The army's spokesmen hadn't said how many soldiers were killed near Kherson on 3 March, e.g. in Kakhovka."
    about = pack("en").about
    columns = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "MORPH", "ENT_TYPE", "ENT_IOB", "SENT_START", "NORM"]
    ours, theirs = loading.model(about.model, (), about.sha256)(text), spacy.load(about.model)(text)
    assert ours.to_array(columns).tolist() == theirs.to_array(columns).tolist()
