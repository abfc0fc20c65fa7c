"""Weights of ours in the place of a model's own, which a pack may carry (bench/parser_learned.py makes them)."""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ..errors import PackError

# The components that are trained further; the others stay as the model has them.
PARTS = ("tok2vec", "morphologizer", "parser")
Weights = dict[str, NDArray[Any]]  # by component, place in its network, and name


def collected(pipeline: Any) -> Weights:
    """The weights of a pipeline's trained components."""
    return {
        f"{part}/{i}/{name}": node.get_param(name)
        for part in PARTS
        for i, node in enumerate(pipeline.get_pipe(part).model.walk())
        for name in node.param_names
        if node.has_param(name)
    }


def put(pipeline: Any, weights: Weights) -> None:
    """Sets a pipeline's weights. Raises ValueError where one has another place or shape in it."""
    own = collected(pipeline)
    if {key: value.shape for key, value in own.items()} != {key: value.shape for key, value in weights.items()}:
        raise ValueError("weights of another model")
    nodes = {part: list(pipeline.get_pipe(part).model.walk()) for part in PARTS}
    for key in own:
        part, i, name = key.split("/")
        nodes[part][int(i)].set_param(name, weights[key].astype(np.float32))


def put_file(pipeline: Any, path: Path) -> None:
    """Sets a pipeline's weights from a file of them. Raises PackError naming the file where they are not its."""
    try:
        with np.load(path) as file:
            put(pipeline, dict(file))
    except (OSError, EOFError, ValueError, BadZipFile) as error:
        raise PackError(f"{path.parent.name}/{path.name}: {error}") from error
