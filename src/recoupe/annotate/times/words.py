"""What times.toml holds: the words of a language by category, and the order in which it puts them."""

import msgspec


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words`: category → word → value. `capitalised`: words that count only with a capital ("May"),
    `uncapitalised` those that do only without.
    `ordinal_suffixes` follow a number ("th"). `macros` and `patterns` are templates (see grammar.py),
    `formats` ways to write a full date, with {weekday}, {day}, {dd}, {month}, {mm} and {year}.

    The other lists are words around an expression:
    - `future_auxiliaries` put a verb in the future, `planned` are lemmas of verbs that plan, `gone` of those that are
      past with a present "to be"; `empty_nouns` only help a preposition ("au cours de"); `habits` tell that a day of
      the year returns every year;
    - `leans` stand before an expression and say "past" or "future", or "ahead" against any tense, `awaiting` somewhat
      further before one that is to come; `closing` before the end of a range (`closing_near` only where its beginning
      is near);
    - with `age_words` or `ages_before` before it, `ages_after` after it, `ages_at` before it and no `of` after it, or
      hanging on one of the `people` (or a noun with one of the `people_endings`) or a verb of `having`, a count of
      years is an age, as are tens of years after one of the `own` ("in her 30s") and what ends in a word of the
      category `old`, as is a bound after one of the `ages_group` ("les moins de 15 ans"); what is one of the
      `lasting_nouns` may be so many years old and is nobody's age;
    - `open_digits`: whether decades and centuries are written with an X for what they leave open ("199X"), as the
      French annotators of TIMEX3 do, or without ("199"), as the English ones; `timed_hours`: whether hours without a
      number are written as all hours are ("PTXH") or as days are ("PXH");
    - `grouped`: whether counts from a thousand on are written with a mark ("2,012 people"), so that four digits without
      one are a year before a plural too ("2012 results");
    - `codes` stand before digits that are no year, `stamps` before the date of a page or the minutes that it takes to
      read, `dated_names` before a date or an hour that is a name ("place du 8 mai"); what `not_before` follows is a
      number of something else;
    - after one of the `before_verbs` an infinitive has the tense of its clause, as after a verb of the lemmas `doing`
      ("declined to"); with one of the `unable` and one of the `negations` a verb is past ("could not be reached");
      after one of the `conditions` a present looks ahead;
    - `comparing` stand before what something is compared with; `same_instant` between two ways to tell one clock time;
    - `clauses` begin one that an "ago" measures; a last word of `prepositions` tells a time from what follows ("the day
      after the vote"); after a word of `definite` four digits before a plural are a year ("the 2012 elections");
    - `zones` are regular expressions, each with one group, for what follows a clock time; `fixed_zones` are those that
      no place has to itself.
    """

    words: dict[str, dict[str, int | float | str]]
    macros: dict[str, str]
    patterns: dict[str, list[str]]
    formats: list[str] = []
    capitalised: list[str] = []
    uncapitalised: list[str] = []
    ordinal_suffixes: list[str] = []
    future_auxiliaries: list[str] = []
    planned: list[str] = []
    gone: list[str] = []
    empty_nouns: list[str] = []
    comparing: list[str] = []
    same_instant: list[str] = []
    lasting_nouns: list[str] = []
    clauses: list[str] = []
    prepositions: list[str] = []
    definite: list[str] = []
    habits: list[str] = []
    ages_before: list[str] = []
    ages_at: list[str] = []
    ages_group: list[str] = []
    zones: list[str] = []
    fixed_zones: list[str] = []
    ages_after: list[str] = []
    of: list[str] = []
    of_counts: list[str] = []
    age_words: list[str] = []
    own: list[str] = []
    having: list[str] = []
    people: list[str] = []
    people_endings: list[str] = []
    leans: dict[str, list[str]] = {}
    awaiting: list[str] = []
    closing: list[str] = []
    closing_near: list[str] = []
    codes: list[str] = []
    stamps: list[str] = []
    dated_names: list[str] = []
    before_verbs: list[str] = []
    conditions: list[str] = []
    doing: list[str] = []
    unable: list[str] = []
    negations: list[str] = []
    not_before: list[str] = []
    month_first: bool = False
    open_digits: bool = True
    timed_hours: bool = False
    grouped: bool = False
