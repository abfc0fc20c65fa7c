"""What countries, capitals and the bodies of a country are called in the reader's language.

A slug says them in every language ("loc/russia", "org/russia-defence-ministry"), so that a page needs no word of
another language's article to name them. Countries are named as Unicode CLDR does (demonyms.tsv), capitals as
known.tsv does, bodies by a template. People and all other names stay as the articles write them.
"""

import functools
import re

import msgspec

from ..errors import PackError
from ..lang import LanguagePack
from ..lang.demonyms import PREFIX, demonyms

BODY = "org/"


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a name whose beginning matches takes its article: as a subject, as a possessor, and whether it is many."""

    match: str
    subject: str
    of: str
    many: bool = False


class Named(msgspec.Struct, frozen=True):
    """A name in the reader's language: alone, as a subject, and whether its verb stands in the plural."""

    plain: str
    subject: str
    many: bool = False


class Namer:
    """The names of one reader's language; `forms` are tried in order, the last matches everything."""

    def __init__(self, reader: LanguagePack, forms: tuple[Forms, ...], plural: tuple[str, ...]) -> None:
        self.reader, self.plural = reader, frozenset(plural)
        self.forms = [(re.compile(one.match), one) for one in forms]
        table = demonyms(reader)
        self.countries = {slug: label for slug, label in table.labels.items() if slug in table.codes}
        self.towns = {
            row[1]: row[3].split("|")[0]
            for row in reader.table("known")
            if len(row) > 3 and row[0] == "LOC" and row[2] in self.countries
        }

    @functools.cache  # noqa: B019  a namer lives as long as its pack
    def named(self, slug: str) -> Named | None:
        """The name of a country, of a capital or of a country's body; None for all else."""
        if slug in self.countries:
            form = self._form(self.countries[slug])
            name = self.countries[slug]
            return Named(name, form.subject.format(name), form.many)
        if slug in self.towns:
            return Named(self.towns[slug], self.towns[slug])
        return self._body(slug) if slug.startswith(BODY) else None

    def is_name(self, text: str) -> bool:
        """Whether a text is the bare name of a country."""
        return " ".join(text.split()) in self._bare

    @functools.cached_property
    def _bare(self) -> frozenset[str]:
        return frozenset({*self.countries.values(), *(name.upper() for name in self.countries.values())})

    def _form(self, name: str) -> Forms:
        return next(one for pattern, one in self.forms if pattern.search(name))

    def _body(self, slug: str) -> Named | None:
        parts = slug[len(BODY) :].split("-")
        for n in range(len(parts) - 1, 0, -1):
            country = self.countries.get(PREFIX + "-".join(parts[:n]))
            if country is None:
                continue
            of, key = self._form(country).of.format(country), f"brief.body.{'-'.join(parts[n:])}"
            try:
                name, kind = self.reader.phrase(key, of=of), self.reader.phrase(key, of="")
            except PackError:
                return None  # a body that no template names is called by its articles
            return Named(name, name, not self.plural.isdisjoint(re.findall(r"\w+", kind.lower())))
        return None
