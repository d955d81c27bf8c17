"""What people see of a survey that asks them, and its owner of how far that is: values in, blocks out."""

from collections.abc import Iterator, Mapping

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.privacy import card, have_answered, how_kept_button
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, escaped, mention
from slack_app.kit.words import Words
from surveys.anonymity import ResultsTo, Stage, Withheld, gate
from surveys.asking import Progress, Why, why_not
from surveys.survey import Round, about_minutes

INTRO = 600
"""Five times as long when escaped, it still is a section Slack takes."""


def survey_message(asked: Round, words: Words) -> Note:
    """The survey in its channel: what it is, how long it takes, until when, and who will see the answers."""
    survey = asked.survey
    parts = [blocks.section(bold(survey.title))]
    if survey.intro:
        parts.append(blocks.section(escaped(cut(survey.intro, INTRO))))
    if asked.closed_at is None:
        parts.append(blocks.section(_effort(asked, words)))
    if buttons := list(_buttons(asked, words)):
        parts.append(blocks.actions(*buttons, block_id="answer"))
    parts += [blocks.context(_state(asked, words)), blocks.context(_card(asked, words))]
    return blocks.message(spoken(asked, words), parts)


def spoken(asked: Round, words: Words) -> Mrkdwn:
    """All that the message says, as text: screen readers and notifications have nothing else."""
    survey = asked.survey
    lines = [words("Survey by {owner}: {title}", owner=mention(asked.owner), title=survey.title)]
    if survey.intro:
        lines.append(escaped(cut(survey.intro, INTRO)))
    if asked.closed_at is None:
        lines.append(_effort(asked, words))
    return Mrkdwn("\n".join([*lines, _state(asked, words), _card(asked, words)]))


def direct_message(asked: Round, words: Words) -> Note:
    """The survey as a message to one person: what it is, in whose name, and why they are asked.

    It is never changed: updating thousands would take the workspace's calls for hours. Whoever presses Answer
    when it is over is told so.
    """
    survey = asked.survey
    source = words(
        "{owner} asks each member of {channel}.",
        owner=mention(asked.owner),
        channel=channel_link(asked.channel),
    )
    intro = [escaped(cut(survey.intro, INTRO))] if survey.intro else []
    privacy = _card(asked, words)
    parts = [
        blocks.section(bold(survey.title)),
        *map(blocks.section, intro),
        blocks.section(_effort(asked, words)),
        blocks.actions(*_buttons(asked, words), block_id="answer"),
        blocks.context(source),
        blocks.context(privacy),
    ]
    lines = [words("Survey by {owner}: {title}", owner=mention(asked.owner), title=survey.title), *intro]
    return blocks.message(Mrkdwn("\n".join([*lines, _effort(asked, words), source, privacy])), parts)


def reminder_message(asked: Round, words: Words) -> Note:
    """What reminds one person of a survey they have not answered, with the way to hear no more of it."""
    survey = asked.survey
    title = words("Reminder: “{title}” waits for your answer.", title=survey.title)
    source = words(
        "{owner} asks each member of {channel}.",
        owner=mention(asked.owner),
        channel=channel_link(asked.channel),
    )
    rule, privacy = _reminded(asked, words), _card(asked, words)
    stop = blocks.button(words.plain("Stop reminders"), "delivery.no_reminders", "all")
    parts = [
        blocks.section(bold(title)),
        blocks.section(_effort(asked, words)),
        blocks.actions(*_buttons(asked, words), stop, block_id="answer"),
        *map(blocks.context, (source, privacy, rule)),
    ]
    return blocks.message(Mrkdwn("\n".join([title, _effort(asked, words), source, privacy, rule])), parts)


def _reminded(asked: Round, words: Words) -> Mrkdwn:
    rule = words("You get at most two reminders of this survey. “Stop reminders” ends them for all surveys.")
    if not asked.privacy.is_sealed:
        return rule
    return Mrkdwn(f"{words('Nobody learns who is reminded.')} {rule}")


def reminders_stopped(words: Words) -> Note:
    """What a person is told who wants no reminders, with the way back."""
    told = words("You get no more reminders of surveys here. You are still asked once.")
    again = blocks.button(words.plain("Get reminders again"), "delivery.reminders_again", "all")
    return blocks.message(told, [blocks.section(told), blocks.actions(again)])


def reminders_resumed(words: Words) -> Note:
    told = words("You get reminders of surveys again, two of each at most.")
    return blocks.message(told, [blocks.section(told)])


def progress_message(asked: Round, progress: Progress, words: Words) -> Note:
    """What tells the owner how far the direct messages have come, with what can be done about it."""
    told = [_under_way(asked, words), bold(_how_far(asked, progress, words)), *_why_not(progress, words)]
    buttons = list(_progress_buttons(asked, words))
    parts = [*map(blocks.section, told), *([blocks.actions(*buttons)] if buttons else [])]
    return blocks.message(Mrkdwn("\n".join(told)), parts)


def _under_way(asked: Round, words: Words) -> Mrkdwn:
    place = {"title": asked.survey.title, "channel": channel_link(asked.channel)}
    match asked.delivery:
        case "running":
            return words("“{title}” is on its way to each member of {channel}, by direct message.", **place)
        case "paused":
            return words("“{title}” is paused: nobody else in {channel} is asked until you resume.", **place)
        case "cancelled":
            return words(
                "“{title}” goes to nobody else in {channel}. Whoever was asked may still read it.", **place
            )
        case _:
            return words("“{title}” was sent to the members of {channel}, by direct message.", **place)


def _how_far(asked: Round, progress: Progress, words: Words) -> Mrkdwn:
    sent, all_of_them = words.number(progress.sent), words.number(progress.asked)
    if asked.delivery == "done" and not progress.asked:
        return words("There is nobody to ask in this channel.")
    if asked.delivery == "done":
        return words.count(
            "{people} person was asked", "{people} people were asked", progress.sent, people=sent
        )
    return words("{sent} of {all} asked", sent=sent, all=all_of_them)


def _why_not(progress: Progress, words: Words) -> Iterator[Mrkdwn]:
    """How many could not be asked and why, in one sentence."""
    reasons = why_not(progress.failed)
    if reasons:
        people = sum(reasons.values())
        yield words.count(
            "{people} could not be: {reasons}.", "{people} could not be: {reasons}.", people,
            people=words.number(people), reasons=Mrkdwn(", ".join(_reasons(reasons, words))),
        )  # fmt: skip


def _reasons(reasons: Mapping[tuple[Why, str], int], words: Words) -> Iterator[Mrkdwn]:
    for (why, said), people in reasons.items():
        number = words.number(people)
        match why:
            case Why.LEFT:
                yield words.count("{people} left", "{people} left", people, people=number)
            case Why.BOT:
                yield words.count("{people} is an app", "{people} are apps", people, people=number)
            case Why.TAB_OFF:
                yield words(
                    "{people} since Palabre's Messages tab is off (an admin can turn it on)", people=number
                )
            case Why.NO_ANSWER:
                yield words("{people} since Slack did not answer", people=number)
            case Why.OTHER:
                yield words("{people} since Slack refused it ({error})", people=number, error=said)


def _progress_buttons(asked: Round, words: Words) -> Iterator[Block]:
    if asked.delivery == "running":
        yield blocks.button(words.plain("Pause"), "delivery.pause", asked.id)
    if asked.delivery == "paused":
        yield blocks.button(words.plain("Resume"), "delivery.resume", asked.id, style="primary")
    if asked.delivery in {"running", "paused"}:
        sure = blocks.confirm(
            words.plain("Ask nobody else?"),
            words(
                "Those who were asked can answer until the survey closes. The others are not asked any more."
            ),
            words.plain("Ask nobody else"),
            words.plain("Go on"),
        )
        yield blocks.button(words.plain("Cancel"), "delivery.cancel", asked.id, style="danger", confirm=sure)


def not_asked(asked: Round, reason: Mrkdwn, words: Words) -> Note:
    """A survey whose audience Slack would not tell: why, and the buttons to press next."""
    told = words("Your survey “{title}” is kept, but nobody is asked yet.", title=asked.survey.title)
    return kept_note(told, reason, "authoring.post_again", "authoring.post_in", asked.id, words)


def deleted_message(words: Words) -> Note:
    """What stays of a survey that was deleted."""
    told = words("This survey was deleted by its owner.")
    return blocks.message(told, [blocks.section(told)])


def not_posted(asked: Round, reason: Mrkdwn, words: Words) -> Note:
    """A survey that Slack would not take: why, and the survey kept with the buttons to press next."""
    told = words("Your survey “{title}” is kept, but it is not posted yet.", title=asked.survey.title)
    return kept_note(told, reason, "authoring.post_again", "authoring.post_in", asked.id, words)


def _effort(asked: Round, words: Words) -> Mrkdwn:
    count, minutes = len(tuple(asked.survey.questions)), about_minutes(asked.survey)
    return words(
        "{questions}, {minutes} · open until {moment}",
        questions=words.count("{number} question", "{number} questions", count),
        minutes=words.count("about {number} minute", "about {number} minutes", minutes),
        moment=date_time(asked.closes_at, "UTC"),
    )


def _state(asked: Round, words: Words) -> Mrkdwn:
    parts = [
        words("From {owner}", owner=mention(asked.owner)),
        have_answered(gate(asked).turnout(asked.people), asked.privacy.fewest, words),
    ]
    if asked.closed_at:
        parts += [words("Survey closed"), *_results(asked, words)]
    return Mrkdwn(" · ".join(parts))


def _results(asked: Round, words: Words) -> Iterator[Mrkdwn]:
    """What becomes of the results of an anonymous one."""
    if not asked.privacy.is_sealed:
        return
    if asked.stage is Stage.COUNTING:
        yield words("Its answers are being mixed and counted")
    elif isinstance(gate(asked, is_for_owner=True).table(asked.people, None), Withheld):
        yield words("Too few for results to be shown")
    elif asked.privacy.results_to is ResultsTo.OWNERS:
        yield words("{owner} alone has the results", owner=mention(asked.owner))


def _card(asked: Round, words: Words) -> Mrkdwn:
    return card(asked.privacy, asked.owner, words)


def _buttons(asked: Round, words: Words) -> Iterator[Block]:
    if asked.closed_at is None:
        yield _answer_button(asked, words)
    if asked.privacy.is_sealed:
        yield how_kept_button("answering.privacy", asked.id, words)


def _answer_button(asked: Round, words: Words) -> Block:
    label = words.plain("Answer the survey {title}", title=asked.survey.title)
    return blocks.button(words.plain("Answer"), "answering.open", asked.id, label=label, style="primary")
