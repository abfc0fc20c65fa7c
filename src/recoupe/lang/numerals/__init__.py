"""Numbers in running text, in digits and in words, by the number words of a language pack."""

from .find import find_numerals, number_words
from .numeral import Numeral
from .spell import digits, spell

__all__ = ["Numeral", "digits", "find_numerals", "number_words", "spell"]
