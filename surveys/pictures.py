"""Pictures of options as people name them in a form: one address a line, in the order of the options."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from urllib.parse import urlsplit

from surveys.errors import Refused
from surveys.options import Option, Options, tidy


class NoPicture(Refused):
    sentence = (
        "Line {number} is no address of a picture. Begin it with https://, or leave the line empty "
        "where an option has none."
    )


class MorePictures(Refused):
    sentence = "There are {count} lines, but {options} options. Give one picture an option, in their order."


def pictured(options: Sequence[Option], text: str) -> Options:
    """Return the options with their pictures, or refuse the line that is none.

    After a space a line says what is to be seen; usually that is the option's text.
    """
    lines = [line.strip() for line in text.rstrip().split("\n")] if text.strip() else []
    if len(lines) > len(options):
        raise MorePictures(count=len(lines), options=len(options))
    both = enumerate(zip_longest(options, lines, fillvalue=""), 1)
    return tuple(
        _pictured(option, line, number) for number, (option, line) in both if isinstance(option, Option)
    )


def named(options: Sequence[Option]) -> str:
    """Return the text that `pictured` takes for the pictures of these options."""
    return "\n".join(map(_line, options)).rstrip("\n")


def _pictured(option: Option, line: str, number: int) -> Option:
    if not line:
        return option
    address, _, said = line.partition(" ")
    if not _is_picture(address):
        raise NoPicture(number=number)
    return replace(option, picture=address, alt=tidy(said) or option.text)


def _is_picture(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and address.isprintable()


def _line(option: Option) -> str:
    return option.picture if option.alt in ("", option.text) else f"{option.picture} {option.alt}"
