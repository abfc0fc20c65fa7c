"""How often the interpreter looks for garbage that counting references does not find."""

import atexit
import gc

# Objects made until the next look (700 by itself), and looks until older ones are looked at. Records are many, live
# long and hold no circles: annotating and relating 268 articles takes 15 to 25 % less.
EACH = (50_000, 20, 100)


def seldom() -> None:
    """For a process that is ours: a program, not a library that others import."""
    gc.set_threshold(*EACH)
    atexit.register(gc.freeze)  # nothing is looked for in what ends anyway: .2 s with a model loaded
