"""Recoupe reads raw news articles on a running story and gives back a cross-checked account of it.

The public names: `read_inputs` (files → articles), `annotated` (articles → records), `related` (articles → what
stands between them), `Store` and `verify`, `account` (the brief as data) with `as_html`, `as_markdown`, `as_json`,
`Notebook` (records as data frames, briefs that display themselves), `compare` (two names), `pack` (a language), and
the records themselves in `recoupe.model`.
"""

import importlib

# Loaded when first asked for: the parser and the page's parts take seconds that `recoupe --help` need not wait for.
_HOMES = {
    "read_inputs": ("read", "read_inputs"),
    "annotated": ("run", "annotated"),
    "related": ("relate", "relate"),  # "relate" is the room's own name
    "Notebook": ("notebook", "Notebook"),
    "Store": ("store", "Store"),
    "verify": ("store", "verify"),
    "account": ("brief", "account"),
    "as_html": ("brief", "as_html"),
    "as_json": ("brief", "as_json"),
    "as_markdown": ("brief", "as_markdown"),
    "compare": ("lang.spelling", "compare"),
    "pack": ("lang", "pack"),
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'recoupe' has no attribute {name!r}")
    room, own = _HOMES[name]
    return getattr(importlib.import_module(f".{room}", __name__), own)
