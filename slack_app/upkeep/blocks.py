"""What people see of later work: the admin's modal, and what an owner is told of a failure."""

from collections.abc import Iterator

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time
from slack_app.kit.words import Words
from slack_app.upkeep.overview import About, Cause, Failed, Lot, Overview, Reason

TITLE_SHOWN = 60


def jobs_modal(found: Overview, words: Words, said: Mrkdwn | None = None) -> Block:
    """What waits and what failed. said: what the last press came to."""
    return blocks.modal(
        "upkeep.jobs",
        words.plain("Later work"),
        [
            *([blocks.context(said)] if said else ()),
            blocks.header(words.plain("Waiting")),
            *_waiting(found, words),
            blocks.divider(),
            blocks.header(words.plain("Failed")),
            *_failed(found, words),
        ],
        close=words.plain("Close"),
    )


def tried_again(words: Words) -> Mrkdwn:
    return words("It is being tried again; if it fails, it is here again in a while.")


def dropped(words: Words) -> Mrkdwn:
    return words("It is dropped.")


def not_here(words: Words) -> Mrkdwn:
    return words("That one is not among the failed ones any more: somebody was quicker.")


def _waiting(found: Overview, words: Words) -> Iterator[Block]:
    if not found.waiting:
        yield blocks.section(words("Nothing waits: all work is done."))
    for lot in found.waiting:
        yield blocks.section(Mrkdwn(f"{bold(job_name(lot.name, words))}\n{_when(lot, words)}"))


def _when(lot: Lot, words: Words) -> Mrkdwn:
    since, due = date_time(lot.since, "UTC"), date_time(lot.due, "UTC")
    return words.count(
        "{number} job, due {due}, added {since}",
        "{number} jobs, the first due {due}, the oldest added {since}",
        lot.jobs,
        due=due,
        since=since,
    )


def _failed(found: Overview, words: Words) -> Iterator[Block]:
    if not found.failed:
        yield blocks.section(words("Nothing failed."))
    for failed in found.failed:
        yield blocks.section(_failure(failed, words))
        yield blocks.actions(_retry_button(failed, words), _drop_button(failed, words))
    if found.more:
        yield blocks.context(
            words(
                "Only the newest {shown} are shown, {more} more failed before. "
                "Retry or drop some to see the others.",
                shown=len(found.failed),
                more=found.more,
            )
        )


def _failure(failed: Failed, words: Words) -> Mrkdwn:
    what = bold(job_name(failed.name, words))
    if failed.about is not None:
        what = Mrkdwn(f"{what} · {_what_for(failed.about, words)}")
    when = words("Failed {moment}.", moment=date_time(failed.at, "UTC"))
    return Mrkdwn(f"{what}\n{why(failed.reason, words)}\n{when}{_reference(failed.reason, words)}")


def _what_for(about: About, words: Words) -> Mrkdwn:
    if about.title is None:
        return words("the week of {channel}", channel=channel_link(about.channel))
    return words(
        "“{title}” in {channel}", title=cut(about.title, TITLE_SHOWN), channel=channel_link(about.channel)
    )


def _reference(reason: Reason, words: Words) -> Mrkdwn:
    if not reason.reference:
        return Mrkdwn("")
    return Mrkdwn(f" {words('The log has more under {reference}.', reference=_code(reason.reference))}")


def _code(text: str) -> Mrkdwn:
    return Mrkdwn(f"`{text}`")


def _retry_button(failed: Failed, words: Words) -> Block:
    label = words.plain("Retry: {name}", name=_spoken(failed, words))
    return blocks.button(words.plain("Retry"), "upkeep.retry", failed.id, label=label)


def _drop_button(failed: Failed, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Drop this job?"),
        words("“{name}” is not done then, and nothing brings it back.", name=_spoken(failed, words)),
        words.plain("Drop it"),
        words.plain("Leave it"),
    )
    label = words.plain("Drop: {name}", name=_spoken(failed, words))
    return blocks.button(
        words.plain("Drop"), "upkeep.drop", failed.id, label=label, style="danger", confirm=sure
    )


def _spoken(failed: Failed, words: Words) -> str:
    name = job_name(failed.name, words)
    if failed.about is None or failed.about.title is None:
        return name
    return f"{name}, {cut(failed.about.title, TITLE_SHOWN)}"


def help_note(words: Words) -> Note:
    told = words("*For admins:* `/palabre jobs` shows what waits, what failed and why.")
    return blocks.message(told, [blocks.section(told)])


def failed_note(failed: Failed, about: About, words: Words) -> Note:
    """What an owner is told of their work that failed: what, why, and what to do."""
    lines = [
        Mrkdwn(f"{bold(not_done(failed.name, words))} {_what_for(about, words)}"),
        why(failed.reason, words),
        Mrkdwn(f"{what_to_do(failed.name, words)}{_reference(failed.reason, words)}"),
    ]
    return blocks.message(Mrkdwn("\n".join(lines)), [blocks.section(Mrkdwn("\n".join(lines)))])


def why(reason: Reason, words: Words) -> Mrkdwn:
    """Say what made a job fail, and the mend where there is one."""
    match reason.cause:
        case Cause.REFUSED if reason.word in {"not_in_channel", "channel_not_found", "invalid_channel"}:
            return words("I am not in the channel. Write /invite @Palabre there, then retry.")
        case Cause.REFUSED if reason.word == "missing_scope":
            return words("Slack gave me too few permissions. Install the app again, then retry.")
        case Cause.REFUSED if reason.word in {"is_archived", "is_inactive"}:
            return words("The channel is archived.")
        case Cause.REFUSED:
            return words("Slack refused it ({reason}).", reason=reason.word)
        case Cause.SLACK:
            return words("Slack did not take it, tried for minutes ({reason}).", reason=reason.word)
        case Cause.DATABASE:
            return words("The database was busy or out of reach for minutes.")
        case Cause.CRASHES:
            return words("The program ended in the middle of it, again and again.")
        case Cause.BUG:
            return words("Something went wrong on our side ({kind}).", kind=reason.word)


def job_name(name: str, words: Words) -> str:
    """Say what a job does; the name itself where nobody has given it words."""
    names = {
        "authoring.close": words.plain("Close a survey"),
        "authoring.count": words.plain("Count a survey's sealed answers"),
        "delivery.invite": words.plain("Read a channel's members"),
        "delivery.remind": words.plain("Remind those who have not answered"),
        "delivery.send": words.plain("Ask each member"),
        "delivery.withdraw": words.plain("Say that a survey was deleted"),
        "polls.close": words.plain("Close a poll"),
        "polls.count": words.plain("Count a poll's sealed votes"),
        "polls.forget": words.plain("Forget a draft that nobody posted"),
        "polls.propose": words.plain("Ask a poll's owner about an option"),
        "polls.publish": words.plain("Publish a poll's ballots"),
        "polls.tell": words.plain("Send a poll's results to its owner"),
        "polls.tell_adder": words.plain("Say what became of an option"),
        "polls.withdraw": words.plain("Say that a poll was deleted"),
        "reports.check": words.plain("Look whether a channel takes reports"),
        "reports.post": words.plain("Post a report"),
        "reports.run": words.plain("Order a digest"),
        "reports.score": words.plain("Score comments"),
        "upkeep.tell": words.plain("Tell of a failure"),
    }
    return names.get(name, name)


def not_done(name: str, words: Words) -> str:
    """Say to an owner what was not done, before the words for what it was for."""
    match name:
        case "authoring.close" | "polls.close":
            return words.plain("Not closed:")
        case "polls.count":
            return words.plain("Votes not counted:")
        case "authoring.count":
            return words.plain("Answers not counted:")
        case "delivery.invite":
            return words.plain("The channel's members could not be read:")
        case "delivery.remind":
            return words.plain("Not everybody could be reminded:")
        case "delivery.send":
            return words.plain("Not everybody could be asked:")
        case "reports.post":
            return words.plain("Report not posted:")
        case "reports.score":
            return words.plain("Comments not scored:")
        case _:
            return words.plain("Not done:")


def what_to_do(name: str, words: Words) -> Mrkdwn:
    match name:
        case "authoring.close":
            return words(
                "It takes no more answers. Press Close survey in Palabre's Home to have its report, "
                "or ask an admin to retry: /palabre jobs."
            )
        case "delivery.send":
            return words(
                "Press Pause and then Resume where I show how far it is, "
                "or ask an admin to retry: /palabre jobs."
            )
        case "reports.post":
            return words("Ask for it again with /report, or ask an admin to retry: /palabre jobs.")
        case "reports.score":
            return words(
                "The survey's report tries once more when it is posted. "
                "Or ask an admin to retry: /palabre jobs."
            )
        case _:
            return words("Ask an admin to retry: /palabre jobs.")
