"""The quick layers give the vectors that the models' own layers give."""

from typing import Any

import numpy as np
import pytest

from recoupe.annotate import vectors
from recoupe.annotate.loading import model
from recoupe.lang import available, pack

TEXTS = [
    "Le 3 mai, l'armée a dit qu'elle n'avait rien vu ; l'Armée n’a rien dit.",
    "",
    "The army said it didn't see anything.  It'll say more on 3 May.",
    " \n ",
    "Kyiv",
]


def layers(code: str) -> tuple[Any, list[Any]]:
    """A language's pipeline, and the nodes of its components' models that were replaced."""
    about = pack(code).about
    pipeline = model(about.model, tuple(about.unread), about.sha256)
    models = [getattr(component, "model", None) for _, component in pipeline.pipeline]
    return pipeline, [node for one in models if one is not None for node in one.walk() if node.has_ref("encode")]


@pytest.mark.parametrize("kept", [3, vectors.KEPT])
@pytest.mark.parametrize("code", available())
def test_the_same_numbers(code: str, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "KEPT", kept)
    pipeline, nodes = layers(code)
    assert len(nodes) == 2  # what the tagger and the parser share, and what the finder of names has for itself
    documents = [pipeline.make_doc(text) for text in TEXTS]
    for node in nodes:
        assert [layer.name for layer in node.layers] == ["once", "among"]
        stock = node.get_ref("encode").predict(node.get_ref("embed").predict(documents))
        for _ in range(2):  # new words, then known ones
            for found, wanted in zip(node.predict(documents), stock, strict=True):
                np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_other_layers_stay() -> None:
    from spacy.ml.models import MaxoutWindowEncoder

    assert vectors._is_known(MaxoutWindowEncoder(width=8, window_size=1, maxout_pieces=3, depth=2))
    assert not vectors._is_known(MaxoutWindowEncoder(width=8, window_size=2, maxout_pieces=3, depth=2))
