"""`python -m recoupe` is the program `recoupe`."""

from .cli import main

main()
