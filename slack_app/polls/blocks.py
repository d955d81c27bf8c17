"""What people see of polls in Slack: values in, blocks out."""

from collections.abc import Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.not_posted import kept_note
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, escaped, mention
from slack_app.kit.words import Words, languages, own_name
from surveys.polls import LONGEST_OPTION, MOST_OPTIONS, Ballot, Line, Poll, Standing

MOST_BUTTONS = 20
"""Beyond twenty a message grows too long to read, and its text past what Slack takes."""
MOST_LINES = 10
BAR = 10


def poll_message(poll: Poll, standing: Standing, words: Words) -> Note:
    """The poll in its channel: question, options with their counts, who asked and how to vote."""
    head = [blocks.section(bold(poll.question))]
    foot = [_actions(poll, words), blocks.context(_state(poll, standing, words)), _promise(words)]
    return blocks.message(spoken(poll, standing, words), [*head, *_options(poll, standing, words), *foot])


def spoken(poll: Poll, standing: Standing, words: Words) -> Mrkdwn:
    """All that the message says, as text: screen readers and notifications have nothing else."""
    asked = words("Poll by {owner}: {question}", owner=mention(poll.owner), question=poll.question)
    lines = [
        words("{option}: {votes}", option=line.option, votes=_votes(line, words)) for line in standing.lines
    ]
    return Mrkdwn("\n".join([asked, *lines, _state(poll, standing, words)]))


def results_note(poll: Poll, standing: Standing, words: Words) -> Note:
    """How the poll stands, for one person."""
    shown = [_drawn(line, words) for line in standing.lines]
    body = [blocks.section(bold(poll.question)), *_in_sections(shown)]
    return blocks.message(
        spoken(poll, standing, words), [*body, blocks.context(_state(poll, standing, words))]
    )


def results_modal(poll: Poll, standing: Standing, words: Words) -> Block:
    note = results_note(poll, standing, words)
    return blocks.modal("polls.results", words.plain("Results"), note.blocks, close=words.plain("Close"))


def ask_modal(words: Words, language: str, question: str = "", channel: str | None = None) -> Block:
    """The form behind a bare /poll."""
    fields = [
        blocks.field(
            "question", words.plain("What do you want to ask?"),
            blocks.text_field("question", most=300, initial=question),
        ),
        blocks.field(
            "options", words.plain("Options, one per line"),
            blocks.text_field("options", most=3000, lines=True),
            words.plain("Leave it empty for Yes / No / Abstain. Up to {most} options.", most=MOST_OPTIONS),
            optional=True,
        ),
        blocks.field("channel", words.plain("Where to ask"), blocks.channel_field("channel", channel)),
        _language_field(words, language),
    ]  # fmt: skip
    return blocks.modal(
        "polls.ask", words.plain("New poll"), fields, submit=words.plain("Ask"), close=words.plain("Cancel")
    )


def _language_field(words: Words, language: str) -> Block:
    choices = {each: blocks.choice(own_name(each), each) for each in languages()}
    picker = blocks.radios("language", list(choices.values()), choices[language])
    return blocks.field("language", words.plain("Language of the poll"), picker)


def ballot_modal(poll: Poll, ballot: Ballot, words: Words) -> Block:
    """My vote: one's own choice, and the way to change it while the poll is open."""
    parts = [blocks.section(bold(poll.question)), blocks.section(_own_choice(poll, ballot, words))]
    if not poll.is_open:
        parts.append(blocks.section(words("This poll is closed, so votes no longer change.")))
        return blocks.modal("polls.choose", words.plain("My vote"), parts, close=words.plain("Close"))
    parts.append(_choice_field(poll, ballot, words))
    if ballot.chosen:
        parts.append(blocks.actions(_take_back_button(poll, words)))
    return blocks.modal(
        "polls.choose", words.plain("My vote"), parts,
        submit=words.plain("Vote"), close=words.plain("Cancel"), memory=poll.id,
    )  # fmt: skip


def counted_modal(told: Mrkdwn, words: Words) -> Block:
    return blocks.modal(
        "polls.counted", words.plain("My vote"), [blocks.section(told)], close=words.plain("Close")
    )


def not_posted(poll: Poll, reason: Mrkdwn, words: Words) -> Note:
    """A poll that Slack would not take: why, and the draft kept with the buttons to press next."""
    told = words("Your poll “{question}” is kept, but it is not posted yet.", question=poll.question)
    return kept_note(told, reason, "polls.post_again", "polls.post_in", poll.id, words)


def home_polls(standing: Sequence[tuple[Poll, Standing]], words: Words) -> list[Block]:
    """My open polls, each with Close and Results."""
    return [block for poll, state in standing for block in _home_poll(poll, state, words)]


def _home_poll(poll: Poll, standing: Standing, words: Words) -> list[Block]:
    channel = channel_link(poll.channel)
    if poll.message is None:
        where = words("Not posted in {channel} yet", channel=channel)
        first = blocks.button(words.plain("Try again"), "polls.post_again", poll.id)
    else:
        where = words("In {channel} · {voters}", channel=channel, voters=_voters(standing, words))
        first = blocks.button(words.plain("Results"), "polls.results", poll.id)
    return [
        blocks.section(Mrkdwn(f"{bold(poll.question)}\n{where}")),
        blocks.actions(first, _close_button(poll, words)),
    ]


def help_note(words: Words) -> Note:
    """What can be written after the command, each with an example."""
    lines = [
        words("*Ask in a channel with one line.* Examples:"),
        Mrkdwn('`/poll "Where shall we meet?" "Café de la Paix" "The library" "Online"`'),
        words(
            "Without quotes it is Yes / No / Abstain: {example}",
            example=Mrkdwn("`/poll Shall we start at nine?`"),
        ),
        words("A bar parts the options as well: {example}", example=Mrkdwn("`/poll Lunch? | Tacos | Sushi`")),
        words("{command} alone opens a form.", command=Mrkdwn("`/poll`")),
        words(
            "{close} closes your latest poll here, {results} shows how it stands.",
            close=Mrkdwn("`/poll close`"),
            results=Mrkdwn("`/poll results`"),
        ),
    ]
    told = Mrkdwn("\n".join(lines))
    return blocks.message(told, [blocks.section(told)])


def _options(poll: Poll, standing: Standing, words: Words) -> list[Block]:
    if len(poll.options) <= MOST_BUTTONS:
        return [_option(poll, index, line, words) for index, line in enumerate(standing.lines)]
    best = sorted(standing.lines, key=lambda line: -line.votes)[:MOST_LINES]
    rest = words("and {count} more options: press Vote to see them all", count=len(poll.options) - MOST_LINES)
    return [*_in_sections([_drawn(line, words) for line in best]), blocks.context(rest)]


def _option(poll: Poll, index: int, line: Line, words: Words) -> Block:
    if not poll.is_open:
        return blocks.section(_drawn(line, words))
    label = words.plain("Vote for {option}", option=line.option)
    button = blocks.button(words.plain("Vote"), f"polls.vote:{index}", poll.id, label=cut(label, 75))
    return blocks.section(_drawn(line, words), button, block_id=f"option:{index}")


def _drawn(line: Line, words: Words) -> Mrkdwn:
    full = round(line.share * BAR)
    bar = "█" * full + "░" * (BAR - full)
    return Mrkdwn(f"{escaped(line.option)}\n{bar} {_votes(line, words)}")


def _in_sections(drawn: list[Mrkdwn], at_once: int = 5) -> list[Block]:
    groups = [drawn[start : start + at_once] for start in range(0, len(drawn), at_once)]
    return [blocks.section(Mrkdwn("\n".join(group))) for group in groups]


def _votes(line: Line, words: Words) -> Mrkdwn:
    votes = words.count("{number} vote", "{number} votes", line.votes)
    return Mrkdwn(f"{votes} · {words.percent(line.share)}")


def _voters(standing: Standing, words: Words) -> Mrkdwn:
    return words.count("{number} person has voted", "{number} people have voted", standing.voters)


def _state(poll: Poll, standing: Standing, words: Words) -> Mrkdwn:
    asked = words("Asked by {owner}", owner=mention(poll.owner))
    how = words("Press Vote; press it again to take your vote back") if poll.is_open else words("Closed")
    return Mrkdwn(" · ".join([asked, _voters(standing, words), how]))


def _promise(words: Words) -> Block:
    return blocks.context(words("Palabre keeps who voted for what, but shows names to nobody."))


def _actions(poll: Poll, words: Words) -> Block:
    mine = blocks.button(words.plain("My vote"), "polls.my_vote", poll.id)
    if not poll.is_open:
        return blocks.actions(mine)
    if len(poll.options) > MOST_BUTTONS:
        mine = blocks.button(words.plain("Vote"), "polls.my_vote", poll.id, style="primary")
    return blocks.actions(mine, _close_button(poll, words))


def _close_button(poll: Poll, words: Words) -> Block:
    sure = blocks.confirm(
        words.plain("Close this poll?"),
        words(
            "“{question}” takes no more votes after that. It cannot be opened again.",
            question=cut(poll.question, 40),
        ),
        words.plain("Close it"),
        words.plain("Keep it open"),
    )
    return blocks.button(words.plain("Close poll"), "polls.close", poll.id, confirm=sure)


def _own_choice(poll: Poll, ballot: Ballot, words: Words) -> Mrkdwn:
    if not ballot.chosen:
        return words("You have not voted yet.") if poll.is_open else words("You did not vote.")
    return words("You voted for {option}.", option=bold(poll.options[min(ballot.chosen)]))


def _choice_field(poll: Poll, ballot: Ballot, words: Words) -> Block:
    choices = [
        blocks.choice(cut(option, LONGEST_OPTION), str(index)) for index, option in enumerate(poll.options)
    ]
    chosen = choices[min(ballot.chosen)] if ballot.chosen else None
    if len(choices) <= blocks.RADIOS:
        element = blocks.radios("option", choices, chosen)
    else:
        element = blocks.menu("option", choices, words.plain("Choose an option"), chosen)
    return blocks.field("option", words.plain("Your choice"), element)


def _take_back_button(poll: Poll, words: Words) -> Block:
    return blocks.button(words.plain("Take my vote back"), "polls.take_back", poll.id, style="danger")
