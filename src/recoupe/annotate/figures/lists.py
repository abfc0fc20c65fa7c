"""figures.toml: the words that stand around numbers."""

from typing import Literal

import msgspec

from ...model.records import Measure

Role = Literal["nouns", "states", "acts", "objects", "subjects", "adjectives", "means"]


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases around a number, by what they do to its ends; `left` are those that only say how many are left behind
    one of the `particles`."""

    left: tuple[str, ...]
    particles: tuple[str, ...]
    at_least: tuple[str, ...]
    more_than: tuple[str, ...]
    at_most: tuple[str, ...]
    less_than: tuple[str, ...]
    about: tuple[str, ...]
    after_at_least: tuple[str, ...]
    after_at_most: tuple[str, ...]
    after_about: tuple[str, ...]
    exceed: tuple[str, ...]
    exceed_between: tuple[str, ...]
    between: tuple[str, ...]
    between_and: tuple[str, ...]
    range_to: tuple[str, ...]
    range_even: tuple[str, ...]
    change: tuple[str, ...]
    from_: tuple[str, ...] = msgspec.field(name="from")
    lead: tuple[str, ...] = ()


class NotCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that keep a number from being a count, or let an article be one. `goods` are units that count where what
    they are of follows ("60 000 tonnes de céréales"), `money` those that a bare number behind them shares in front of
    one of `receiving` ("5 000 euros aux familles et 2 000 aux blessés")."""

    units: frozenset[str]
    money: frozenset[str]
    receiving: frozenset[str]
    goods: frozenset[str]
    currency_signs: frozenset[str]
    numbered: frozenset[str]
    count_one: frozenset[str]
    definite: frozenset[str]
    only: frozenset[str]


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Classes of nouns that are counted. `joining`: phrases that join two of them; `formations`: bodies of people that
    are sent; `targets`: what is struck at, whatever it is; `crowds`: people who gather, and are no forces; `nationals`:
    people whom their own bring home; `means`: prepositions of what a thing is done with; `namely`: what leads to the
    parts that make up a whole; `uncounted`: what stands before parts that are told without a
    number, `conjunction` behind them ("dont des femmes et douze enfants"); `communities`: places where people live,
    which are affected and not damaged."""

    of: tuple[str, ...]
    partitive: tuple[str, ...]
    out_of: frozenset[str]
    ratio: frozenset[str]
    other: frozenset[str]
    joining: tuple[str, ...]
    formations: frozenset[str]
    targets: frozenset[str]
    crowds: frozenset[str]
    nationals: frozenset[str]
    means: frozenset[str]
    people: frozenset[str]
    projectiles: frozenset[str]
    aircraft: frozenset[str]
    buildings: frozenset[str]
    counters: frozenset[str]
    tolls: frozenset[str]
    toll_counts: str
    them: tuple[str, ...]
    clitics: frozenset[str]
    according: frozenset[str]
    tied: frozenset[str]
    carried: frozenset[str]
    victims: frozenset[str]
    none: frozenset[str]
    groups: frozenset[str]
    dont: tuple[str, ...]
    uncounted: tuple[str, ...]
    conjunction: str
    namely: frozenset[str]
    communities: frozenset[str]
    among: frozenset[str]


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb with a noun that makes its sense ("perdre la vie"), and where what is counted stands: `via` are the
    prepositions that may lead to it. The noun PLACE is any name of a place ("gagner le Tchad")."""

    verb: str
    noun: str
    place: Literal["subject", "object"]
    via: tuple[str, ...] = ()


class MeasureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one measure, by the role that what is counted has to them. `states` are nouns that tell what had
    happened before: what the verb says now goes before it ("12 prisonniers libérés"). `means` are verbs that
    one does with what is counted ("attaquer avec 67 drones")."""

    nouns: tuple[str, ...]
    acts: tuple[str, ...]
    objects: tuple[str, ...]
    subjects: tuple[str, ...]
    adjectives: tuple[str, ...]
    pairs: tuple[Pair, ...]
    states: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


class Totals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a running total, and those that date it."""

    words: tuple[str, ...]
    as_of: tuple[str, ...]


class Updates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of values that another one takes the place of."""

    against: tuple[str, ...]
    then: tuple[str, ...]
    instead: tuple[str, ...]
    earlier: tuple[str, ...]


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How participles are made from the verbs of the lists; how they end in the plural, whatever the tagger says."""

    reflexive: frozenset[str]
    participles: tuple[tuple[str, str], ...]
    present: tuple[tuple[str, str], ...]
    inflections: tuple[str, ...]
    plurals: tuple[str, ...]
    irregular: dict[str, str]


class SideWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to armed forces; prepositions of a passive's agent; determiners that say whose.

    `causes`: verbs whose subject did it ("l'attaque a fait 12 morts"); `makers`: verbs whose object is an attack;
    `accidents`: what kills by no one's hand; `authors`: verbs of those who say that they did it; `blames`: verbs whose
    object is said to have; `imputes`: verbs of what was done, with who did it after a preposition of `imputed`;
    `civilians`: people of no army by their very name; `foes`: what a side calls the other; `mourns`: verbs of those
    whose own the dead are. `wars`: what kills on both sides; `attacks`: nouns that are counted and have a doer.
    `ranks`: nouns that say whose people they are ("un mort dans ses rangs"); `troops`: those that do with a possessive
    ("parmi ses troupes"); `organs`: those of a state that need not be named ("l'armée"); `irregulars`: people who fight
    for none; `bodies`: what an armed group is called when it is named again ("le mouvement"); `losses`: nouns of what a
    side loses; `arrests`: what only a state's police does; `lands`: states, which are nobody's; `groups`: words of the
    names of armed groups, whatever nationality stands beside them. `elsewhere`: prepositions of places where it did not
    happen; `origins`: those of where missiles come from; `away`: nouns whose place is not that of the news ("notre
    correspondant à Jérusalem"). `namesakes`: groups of states that share an adjective; `separatists`: those who want a
    territory apart; `hostages`: people held by those who fight theirs; `crews`: people aboard, of no land around them;
    `adjectives`: those of armed groups with the slug; `seats`: seats of power with the slug of their state."""

    military: frozenset[str]
    agents: frozenset[str]
    possessives: frozenset[str]
    causes: frozenset[str]
    attacks: frozenset[str]
    operations: frozenset[str]
    ranks: frozenset[str]
    troops: frozenset[str]
    organs: frozenset[str]
    irregulars: frozenset[str]
    bodies: frozenset[str]
    arrests: frozenset[str]
    losses: frozenset[str]
    lands: frozenset[str]
    authors: frozenset[str]
    civilians: frozenset[str]
    foes: frozenset[str]
    mourns: frozenset[str]
    wars: frozenset[str]
    groups: frozenset[str]
    away: frozenset[str]
    blames: frozenset[str]
    accidents: frozenset[str]
    imputes: frozenset[str]
    imputed: frozenset[str]
    makers: frozenset[str]
    elsewhere: frozenset[str]
    namesakes: tuple[tuple[str, ...], ...]
    origins: frozenset[str]
    separatists: frozenset[str]
    hostages: frozenset[str]
    crews: frozenset[str]
    adjectives: dict[str, str]
    seats: dict[str, str]


class FigureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """figures.toml."""

    bounds: Bounds
    not_counts: NotCounts
    counted: Counted
    measures: dict[Measure, MeasureWords]
    rates: dict[str, str]
    totals: Totals
    updates: Updates
    forms: Forms
    sides: SideWords


class Sense(msgspec.Struct, frozen=True):
    """A word's measure, the role of what is counted, whether the verb must be reflexive, and for a pair the
    prepositions that may lead to what is counted."""

    measure: Measure
    role: Role
    reflexive: bool = False
    paired: bool = False
    via: tuple[str, ...] = ()
