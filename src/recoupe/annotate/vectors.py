"""The models' word vectors, quickly: most of the time of a parse goes into them.

Thinc's layers work out again for every token what hangs on the word alone, which is a third of the products, and keep
what only training asks for. Here they are asked once for each word, and what they make of a word among its neighbours
is made without the rest: the same numbers, to the rounding of the last bit, in half of the time.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# Words whose vectors are kept: 10 MB a model, more than a day's news has.
KEPT = 20_000
# What the vector of a word hangs on: its letters, how the tokenizer's exceptions read them, whether a blank follows.
COLUMNS = ("ORTH", "NORM", "SPACY")
EPSILON = 1e-8  # as Thinc's LayerNorm has it


def hasten(pipeline: Any) -> None:
    """Replaces the layers of a loaded pipeline's vectors; those that are built in another way stay as they are."""
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        for node in list(model.walk()) if model is not None else ():
            if node.has_ref("embed") and node.has_ref("encode") and _is_known(node.get_ref("encode")):
                node.layers[:] = [_once(node.get_ref("embed")), _among(node.get_ref("encode"))]


def _is_known(encode: Any) -> bool:
    """Whether a layer is spaCy's MaxoutWindowEncoder with one neighbour on each side."""
    kinds = {node.name.partition("(")[0] for node in encode.walk() if not node.layers or "residual(" in node.name}
    windows = [node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"]
    known = {"with_array", "residual", "expand_window", "maxout", "layernorm", "dropout"}
    return kinds <= known and set(windows) == {1} and encode.attrs.get("pad") == len(windows)


def _layer(name: str, work: Callable[[Any], list[Floats]], layer: Any) -> Any:
    """A layer that stands for another, for reading alone."""
    from thinc.api import Model

    def forward(_: Any, given: Any, is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:
        assert not is_train
        return work(given), lambda gradient: gradient

    return Model(name, forward, layers=[layer], dims={"nO": layer.maybe_get_dim("nO")})


def _once(embed: Any) -> Any:
    """The layer of single words, which is asked for each word once."""
    width = embed.get_dim("nO")
    table = np.empty((KEPT, width), dtype=np.float32)
    places: dict[tuple[int, int, int], int] = {}  # where the table has a word

    def work(documents: Sequence[Any]) -> list[Floats]:
        nonlocal table
        words = [list(map(tuple, document.to_array(COLUMNS).tolist())) for document in documents]
        new = list(dict.fromkeys(word for row in words for word in row if word not in places))
        if len(places) + len(new) > min(KEPT, len(table)):
            places.clear()
            new = list(dict.fromkeys(word for row in words for word in row))
            table = np.empty((max(KEPT, len(new)), width), dtype=np.float32)
        if new:
            first = len(places)
            table[first : first + len(new)] = embed.predict([_document(new, documents[0].vocab)])[0]
            places.update(zip(new, range(first, first + len(new)), strict=True))
        return [table[list(map(places.__getitem__, row))] for row in words]

    return _layer("once", work, embed)


def _document(words: Sequence[tuple[int, int, int]], vocab: Any) -> Any:
    """A document of these words."""
    from spacy.tokens import Doc

    strings = vocab.strings
    document = Doc(vocab, [strings[orth] for orth, _, _ in words], [blank == 1 for _, _, blank in words])
    for token, (_, norm, _) in zip(document, words, strict=True):
        if token.norm != norm:
            token.norm_ = strings[norm]
    return document


def _among(encode: Any) -> Any:
    """The layers that read a word among its neighbours."""
    nodes = list(encode.walk())
    pad = encode.attrs["pad"]
    weights = [
        (*_pieces(one), norm.get_param("G"), norm.get_param("b"))
        for one, norm in zip(
            [node for node in nodes if node.name == "maxout"],
            [node for node in nodes if node.name == "layernorm"],
            strict=True,
        )
    ]

    def work(vectors: Sequence[Floats]) -> list[Floats]:
        ends = np.cumsum([len(one) + pad for one in vectors]).tolist()
        width = vectors[0].shape[1]
        # A row of zeros before and after all, so that each has two neighbours.
        rows = np.zeros((ends[-1] + pad + 2, width), dtype=np.float32)
        read = rows[1:-1]
        for one, end in zip(vectors, ends, strict=True):
            read[end - len(one) : end] = one
        for product, bias, scale, shift in weights:
            among = np.concatenate((rows[:-2], read, rows[2:]), axis=1) @ product
            among += bias
            best = among[:, :width]
            for start in range(width, among.shape[1], width):
                best = np.maximum(best, among[:, start : start + width])
            best -= best.mean(axis=1, keepdims=True)
            best *= (np.square(best).mean(axis=1, keepdims=True) + EPSILON) ** -0.5
            best *= scale
            best += shift
            read += best
        return [read[end - len(one) : end] for one, end in zip(vectors, ends, strict=True)]

    return _layer("among", work, encode)


def _pieces(maxout: Any) -> tuple[Floats, Floats]:
    """The weights and biases of a maxout layer with its pieces side by side: the greatest of each is taken from whole
    stretches of memory."""
    weights, biases = maxout.get_param("W"), maxout.get_param("b")
    product = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    return np.ascontiguousarray(product.T), biases.T.reshape(-1).copy()
