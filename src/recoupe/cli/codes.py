"""Exit codes that scripts can use; `recoupe --help` lists them."""

OK = 0
REFUSED = 1  # some inputs could not be read or annotated; the others were
USAGE = 2  # the command was not understood (click's own code)
STORE = 3  # the store or an output cannot be opened or written, or the store does not hold what was asked for
DIFFERS = 4  # verify found a difference
