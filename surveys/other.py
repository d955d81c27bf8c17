"""“Other…”: an option whose voters write something of their own."""

from surveys.errors import Refused
from surveys.options import LONGEST_OPTION, tidy
from surveys.polls import Ballot, Chosen, Poll
from surveys.text import length


class NothingWritten(Refused):
    sentence = "Write what you mean by “{option}”."


class WrittenTooLong(Refused):
    sentence = "This has {count} characters; {most} is the most. Please shorten it."


class NotChosen(Refused):
    sentence = "You wrote something here but did not choose “{option}”. Choose it, or empty this field."


def written(poll: Poll, before: Ballot, chosen: Chosen, text: str | None) -> str:
    """Return what is kept beside a ballot, or refuse it. text: as typed; None where there was no field."""
    if poll.other is None:
        return ""
    told, name = before.written if text is None else tidy(text), poll.options[poll.other].text
    if poll.other not in chosen:
        if text is not None and told not in ("", before.written):
            raise NotChosen(option=name)
        return ""
    if not told:
        raise NothingWritten(option=name)
    if length(told) > LONGEST_OPTION:
        raise WrittenTooLong(count=length(told), most=LONGEST_OPTION)
    return told
