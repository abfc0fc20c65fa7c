"""What a speaker hands over item by item: a paragraph that ends with a colon, and the list below it."""

import dataclasses
import re

from ...model.records import Name, Time
from .contents import Frames
from .cues import verb_cues
from .found import Found
from .passage import Passage
from .speakers import Reader

_BULLET = re.compile(r"\s*(?:[-*•▪◦·‣●]|\d{1,2}[.)])\s+")
FRAMES = "oucqn"  # what a verb must hand over to introduce a list, the frame whose act counts first


def introduces(passage: Passage, times: list[Time], names: list[Name]) -> Found | None:
    """Who speaks in the list that a paragraph introduces ("Le ministère en dresse le détail :"); no content yet."""
    end = passage.trim((passage.tree.start, passage.tree.end), "")[1]
    if passage.before(end, passage.tree.start) != ":":
        return None
    cues = verb_cues(passage)
    reader = Reader(passage, times, names)
    frames = Frames(passage, reader, cues)
    unit = passage.unit_at(end - 1)
    for cue in reversed(cues):
        frame = next((key for key in FRAMES if key in cue.verb.frames), None)
        if frame is None or cue.span[0] < unit[0] or cue.shape != "finite" or cue.passive or cue.negated:
            continue
        speaker = frames.speaker(cue)
        if speaker is None or reader.thing(speaker) or passage.quote_at(cue.span[0]) is not None:
            return None
        act = cue.verb.frames[frame]
        found = Found(passage, [], cue.span, speaker, act, cue.verb.certainty, fixed=act != "assert")
        found.extra = reader.joint(speaker)
        return found
    return None


def item(passage: Passage, opened: Found) -> Found | None:
    """The claim of an item of the list; None where the paragraph is none."""
    tree = passage.tree
    bullet = _BULLET.match(passage.text, tree.start, tree.end)
    content = passage.trim((bullet.end(), tree.end)) if bullet is not None else (0, 0)
    return dataclasses.replace(opened, passage=passage, parts=[content]) if content[0] < content[1] else None
