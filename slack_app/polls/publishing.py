"""Published ballots of a poll with receipts: when they are due, their file, and what is said of it."""

from dataclasses import dataclass

from slack_app.kit import blocks
from slack_app.kit.blocks import Note
from slack_app.kit.incoming import Who
from slack_app.kit.not_posted import reason_not_posted
from slack_app.kit.text import Mrkdwn, channel_link
from slack_app.kit.words import Words
from slack_app.polls import finding, labels, outcomes
from storage import Database
from surveys.anonymity import Shown, Withheld
from surveys.people import Member, check_may_manage
from surveys.polls import Poll, PollGone
from surveys.published import file_of
from surveys.seeing import PollKind


@dataclass(frozen=True, slots=True)
class Due:
    """A poll whose ballots are to be published, the text of their file, and how often that was tried."""

    poll: Poll
    text: Shown[str]
    tried: int


def due(database: Database, workspace: str, subject: str) -> Due | None:
    """Return what is to be published; None where too few voted or the poll is gone.

    subject: the poll's id, from the second try on with the number of tries before.
    """
    poll_id, tried = _read(subject)
    try:
        ballots = outcomes.ballots(database, workspace, poll_id)
        outcome = outcomes.results(database, workspace, poll_id)
    except PollGone:
        return None
    poll, standing = outcome.poll, outcome.standing
    if isinstance(ballots, Withheld) or isinstance(standing, Withheld):
        return None
    return Due(poll, file_of(poll, standing, ballots), tried)


def _read(subject: str) -> tuple[str, int]:
    poll_id, _, tried = subject.partition(":")
    return poll_id, int(tried) if tried.isdecimal() else 0


def again(database: Database, member: Member, who: Who, subject: str) -> None:
    """Let the worker try once more; only the owner or an admin may. A second press is the same try.

    subject: the poll's id and the number of tries before.
    """
    poll_id, _ = _read(subject)
    with database.begin() as store:
        poll = finding.found(store, who.workspace, poll_id)
        check_may_manage(poll.owner, member)
        store.later("polls.publish", who.workspace, subject)


def file_name(poll: Poll) -> str:
    return f"ballots-{poll.id[:8]}.json"


def comment(poll: Poll, words: Words) -> Mrkdwn:
    """What stands above the file."""
    command = f"`palabre verify {file_name(poll)} {words.plain('YOUR-CODE')}`"
    lines = [
        words(
            "🔒 *All ballots of this poll,* each with its voter's code and in the order of the codes. "
            "Nobody can tell whose code is whose."
        ),
        _how_to_find(poll, words),
        words(
            "*Count again:* download the file, and where Palabre is installed run {command}",
            command=Mrkdwn(command),
        ),
    ]
    return Mrkdwn("\n".join(lines))


def _how_to_find(poll: Poll, words: Words) -> Mrkdwn:
    first = labels.plain(poll.options[0], words)
    if poll.kind is PollKind.RANKING:
        return words(
            "*Find yours:* open the file and look for your code. Beside it are the numbers of the options "
            "in your order; 0 is “{first}”. Show your code to nobody.",
            first=first,
        )
    return words(
        "*Find yours:* open the file and look for your code. "
        "Beside it are the numbers of what you chose; 0 is “{first}”. Show your code to nobody.",
        first=first,
    )


def not_published(due: Due, error: str, words: Words) -> Note:
    """What an owner is told where Slack would not take the file: why, and the mend."""
    poll = due.poll
    told = words("The ballots of your poll “{question}” are not published yet.", question=poll.question)
    reason = _reason(error, poll.channel, words)
    subject = f"{poll.id}:{due.tried + 1}"
    again = blocks.button(words.plain("Try again"), "polls.publish", subject, style="primary")
    return blocks.message(
        Mrkdwn(f"{told}\n{reason}"), [blocks.section(told), blocks.section(reason), blocks.actions(again)]
    )


def _reason(error: str, channel: str, words: Words) -> Mrkdwn:
    match error:
        case "not_in_channel" | "channel_not_found":
            return reason_not_posted(error, channel, words)
        case "invalid_channel":
            return reason_not_posted("channel_not_found", channel, words)
        case "posting_to_channel_denied":
            return words(
                "I may not share files in {channel}. "
                "Write /invite @Palabre there or ask an admin, then press Try again.",
                channel=channel_link(channel),
            )
        case "missing_scope":
            return words(
                "Slack gave me no permission to share files. "
                "Have the app installed again, then press Try again."
            )
        case "is_archived":
            return words(
                "{channel} is archived. Take it out of the archive, then press Try again.",
                channel=channel_link(channel),
            )
        case _:
            return words("Slack refused it ({error}). Press Try again in a while.", error=error)
