"""Every sentence in the reader's language, by gettext: English is the key, one `.po` file a language."""

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from slack_app.kit.text import Mrkdwn
from surveys.errors import Refused

LOCALE = Path(__file__).parent / "locale"


class Words:
    """The words of one language, such as "en" or "fr".

    A call translates a template and fills it, escaping each value: what comes back can be sent as mrkdwn.
    A date among the values is written out, or a moment as the wall clock shows it that the value holds.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _catalog(language)

    def __call__(self, sentence: str, **values: object) -> Mrkdwn:
        return Mrkdwn(self._catalog.gettext(sentence)).filled(**self._written(values))

    def count(self, one: str, many: str, number: int, **values: object) -> Mrkdwn:
        """Return the form that `number` asks for, with `{number}` and `values` filled in."""
        return Mrkdwn(self._catalog.ngettext(one, many, number)).filled(number=number, **values)

    def plain(self, sentence: str, **values: object) -> str:
        """Return the sentence for a place that shows text as it is: buttons, titles, labels."""
        return self._catalog.gettext(sentence).format(**self._written(values))

    def refusal(self, refused: Refused) -> Mrkdwn:
        return self(refused.sentence, **refused.values)

    def plain_refusal(self, refused: Refused) -> str:
        return self.plain(refused.sentence, **refused.values)

    def day(self, day: date) -> str:
        """Return a day such as "Friday, December 4, 2026"."""
        return format_date(day, "full", locale=self.language)

    def moment(self, wall: datetime) -> str:
        """Return what a wall clock shows, such as "Friday, December 4, 2026 6:00 PM"."""
        return f"{self.day(wall)} {format_time(wall.time(), 'short', locale=self.language)}"

    def _written(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._said(value) for name, value in values.items()}

    def _said(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.moment(value)
        return self.day(value) if isinstance(value, date) else value

    def number(self, number: int) -> str:
        """Return a number as it is written: 4,980 in English, 4 980 in French."""
        return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if self.language == "fr" else ",")

    def decimal(self, number: float) -> str:
        """Return a number to one decimal: 3.8 in English, 3,8 in French."""
        return str(format_decimal(round(number, 1), "0.0", locale=self.language))

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as whole percent, the French way with a space that does not break."""
        return f"{share * 100:.0f}\N{NO-BREAK SPACE}%" if self.language == "fr" else f"{share * 100:.0f}%"


def languages() -> tuple[str, ...]:
    """Return the languages there are: English, and one for each `.po` file."""
    return ("en", *sorted(path.stem for path in LOCALE.glob("*.po")))


def own_name(language: str) -> str:
    """Return what a language calls itself, such as "Français"."""
    return str(Locale.parse(language).get_display_name(language)).capitalize()


def language_of(locale: str | None, fallback: str = "en") -> str:
    """Return our language for a Slack locale such as "fr-CA"; the fallback where it is unknown."""
    if not locale:
        return fallback
    language = locale.split("-")[0].lower()
    return language if language in languages() else "en"


@cache
def words(language: str) -> Words:
    return Words(language)


def _catalog(language: str) -> gettext.NullTranslations:
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
