"""What an author sees: the choice, the look-over, and the survey on its way."""

from collections.abc import Iterator, Mapping, Sequence

from slack_app.authoring.plan import CHANNEL, EACH, Plan
from slack_app.kit import blocks
from slack_app.kit.blocks import Block, Note
from slack_app.kit.kinds import kind_name
from slack_app.kit.privacy import card, how_kept_button
from slack_app.kit.text import Mrkdwn, bold, channel_link, cut, date_time, escaped, mention
from slack_app.kit.words import Words, languages, own_name
from surveys.anonymity import Level, Privacy, ResultsTo
from surveys.drafts import Draft, comparable
from surveys.questions import SCALES, Question, scale
from surveys.survey import LONGEST_OPEN, LONGEST_TITLE, Round


def choice_modal(offered: Mapping[str, Draft], plan: Plan, words: Words) -> Block:
    """Which survey, in which language. offered: by name, in the reader's language."""
    kinds = {name: blocks.choice(draft.label, name, draft.about) for name, draft in offered.items()}
    spoken = {each: blocks.choice(own_name(each), each) for each in languages()}
    fields = [
        blocks.field(
            "template", words.plain("What do you want to know?"),
            blocks.radios("template", list(kinds.values()), kinds.get(plan.template)),
        ),
        blocks.field(
            "language", words.plain("Language of the survey"),
            blocks.radios("language", list(spoken.values()), spoken.get(plan.language)),
        ),
    ]  # fmt: skip
    if plan.level is Level.ANONYMOUS:
        fields.append(blocks.context(words("It will be anonymous; the next window says what that means.")))
    return blocks.modal(
        "authoring.choose", words.plain("New survey"), fields,
        submit=words.plain("Look it over"), close=words.plain("Cancel"), memory=str(plan),
    )  # fmt: skip


def look_modal(draft: Draft, plan: Plan, privacy: Privacy, owner: str, words: Words) -> Block:
    """All that people will be asked and told, and what is left to say: title, channel, until when, names."""
    parts = [
        blocks.section(words("This is what people will see. Nothing is sent before you press Launch.")),
        blocks.section(escaped(draft.intro)),
        *_questions(draft, words),
        blocks.context(card(privacy, owner, words)),
        *([_how_kept(words)] if privacy.is_sealed else []),
        blocks.divider(),
        *_fields(draft, plan, privacy, words),
        blocks.actions(
            blocks.button(words.plain("Choose another survey"), "authoring.back", "back"), block_id="back"
        ),
    ]
    return blocks.modal(
        "authoring.launch", words.plain("Look it over"), parts,
        submit=words.plain("Launch"), close=words.plain("Cancel"), memory=str(plan),
    )  # fmt: skip


def _how_kept(words: Words) -> Block:
    return blocks.actions(how_kept_button("authoring.privacy", "look", words), block_id="privacy")


def _questions(draft: Draft, words: Words) -> Iterator[Block]:
    number = 0
    for count, page in enumerate(draft.pages, 1):
        if len(draft.pages) > 1:
            where = words("Page {number} of {pages}", number=count, pages=len(draft.pages))
            yield blocks.context(Mrkdwn(f"{where} · {escaped(page.title)}" if page.title else where))
        for question in page.questions:
            number += 1
            yield blocks.section(_described(number, question, words))


def _described(number: int, question: Question, words: Words) -> Mrkdwn:
    """A question to read: its text, what kind it is, and what can be chosen."""
    kind = escaped(kind_name(question.kind, words))
    if question.is_required:
        kind = words("{kind}, required", kind=kind)
    lines = [bold(f"{number}. {question.text}"), Mrkdwn(f"_{kind}_")]
    if question.kind in SCALES:
        numbers = scale(question.kind)
        ends = f"{numbers[0]} = {question.low} · {numbers[-1]} = {question.high}"
        lines.append(escaped(ends))
    lines += [escaped(f"• {choice}") for choice in question.choices]
    return Mrkdwn("\n".join(lines))


def _fields(draft: Draft, plan: Plan, privacy: Privacy, words: Words) -> Iterator[Block]:
    yield blocks.field(
        "title", words.plain("Title"),
        blocks.text_field("title", most=LONGEST_TITLE, initial=plan.title or draft.title),
    )  # fmt: skip
    yield blocks.field(
        "channel", words.plain("Where to ask"), blocks.channel_field("channel", plan.channel or None)
    )
    yield _way_field(plan, words)
    yield blocks.field(
        "closes", words.plain("Closes at"), blocks.moment_field("closes", plan.closes_at),
        words.plain("Up to {days} days from now, in your own time zone.", days=LONGEST_OPEN.days),
    )  # fmt: skip
    yield _names_field(plan, words)
    if plan.level is Level.ANONYMOUS:
        yield _results_field(plan, words)
    if questions := comparable(draft):
        yield _compare_field(questions, plan, privacy.fewest, words)


def _names_field(plan: Plan, words: Words) -> Block:
    """Names or not; the card above follows the choice at once."""
    levels = {
        Level.NAMED: blocks.choice(
            words.plain("Names shown"), Level.NAMED,
            words.plain("Answers are kept with names, and you may see them."),
        ),
        Level.ANONYMOUS: blocks.choice(
            words.plain("Anonymous"), Level.ANONYMOUS,
            words.plain("Nobody can see who answered what, you included."),
        ),
    }  # fmt: skip
    return blocks.field(
        "names", words.plain("Names"),
        blocks.radios("authoring.names", list(levels.values()), levels.get(plan.level)),
        words.plain("This can't be changed after the launch."), is_told=True,
    )  # fmt: skip


def _results_field(plan: Plan, words: Words) -> Block:
    readers = {
        ResultsTo.ALL: blocks.choice(
            words.plain("Everybody here"), ResultsTo.ALL,
            words.plain("The report is posted in the channel after the close."),
        ),
        ResultsTo.OWNERS: blocks.choice(
            words.plain("Only me"), ResultsTo.OWNERS,
            words.plain("You get it by direct message, and whoever is asked is told so."),
        ),
    }  # fmt: skip
    return blocks.field(
        "results", words.plain("Results for"),
        blocks.radios("authoring.results", list(readers.values()), readers.get(plan.results_to)),
        words.plain("This can't be changed after the launch."), is_told=True,
    )  # fmt: skip


def _compare_field(offered: Sequence[Question], plan: Plan, fewest: int, words: Words) -> Block:
    menu = {each.id: blocks.choice(cut(each.text, blocks.OPTION), each.id) for each in offered}
    return blocks.field(
        "compare", words.plain("Compare by"),
        blocks.menu(
            "compare", list(menu.values()), words.plain("Choose a question"), menu.get(plan.compare_by)
        ),
        words.plain(
            "The report then tells each answer by the groups of this one, too. "
            "Groups of fewer than {fewest} people are put together.",
            fewest=fewest,
        ),
        optional=True,
    )  # fmt: skip


def _way_field(plan: Plan, words: Words) -> Block:
    ways = {
        CHANNEL: blocks.choice(
            words.plain("A message in the channel"), CHANNEL,
            words.plain("Everybody there sees it, and answers or not."),
        ),
        EACH: blocks.choice(
            words.plain("A direct message to each member of the channel"), EACH,
            words.plain("Each is asked by Palabre; the channel sees only the report."),
        ),
    }  # fmt: skip
    return blocks.field(
        "way", words.plain("How to ask"), blocks.radios("way", list(ways.values()), ways[plan.way]),
        words.plain(
            "Direct messages go out at up to 300 a minute. "
            "You are shown how far they are, and can pause or cancel them."
        ),
    )  # fmt: skip


def on_its_way_modal(asked: Round, words: Words) -> Block:
    place = {
        "title": asked.survey.title,
        "channel": channel_link(asked.channel),
        "moment": date_time(asked.closes_at, "UTC"),
    }
    told = words("*“{title}” is on its way to {channel}.* It closes {moment}.", **place)
    if asked.delivery is not None:
        told = words(
            "*“{title}” is on its way to each member of {channel}.* It closes {moment}. "
            "A direct message from Palabre shows you how far it is.",
            **place,
        )
    return blocks.modal(
        "authoring.launched", words.plain("Launched"),
        [blocks.section(told), blocks.section(_then(asked, words))],
        close=words.plain("Close"),
    )  # fmt: skip


def _then(asked: Round, words: Words) -> Mrkdwn:
    close = Mrkdwn("`/survey close`")
    if asked.privacy.results_to is ResultsTo.OWNERS:
        return words(
            "When it closes, its report comes to you alone, by direct message. "
            "See how many have answered, or close it earlier, in Palabre's Home or with {close}.",
            close=close,
        )
    return words(
        "When it closes, a report is posted there by itself. "
        "See how many have answered, or close it earlier, in Palabre's Home or with {close}.",
        close=close,
    )


def close_modal(asked: Round, words: Words) -> Block:
    """The question before a survey is closed by command."""
    return blocks.modal(
        "authoring.close", words.plain("Close survey"), [blocks.section(_closing_means(asked, words))],
        submit=words.plain("Close survey"), close=words.plain("Leave it open"), memory=asked.id,
    )  # fmt: skip


def closed_modal(asked: Round, words: Words) -> Block:
    told = words("“{title}” is closed.", title=asked.survey.title)
    return blocks.modal(
        "authoring.closed", words.plain("Close survey"), [blocks.section(told)], close=words.plain("Close")
    )


def _closing_means(asked: Round, words: Words) -> Mrkdwn:
    if asked.privacy.results_to is ResultsTo.OWNERS:
        return words(
            "“{title}” takes no more answers after that, and its report goes to {owner} alone. "
            "It cannot be opened again.",
            title=cut(asked.survey.title, 40),
            owner=mention(asked.owner),
        )
    return words(
        "“{title}” takes no more answers after that, and its report is posted in {channel}. "
        "It cannot be opened again.",
        title=cut(asked.survey.title, 40),
        channel=channel_link(asked.channel),
    )


def use_report(words: Words) -> Mrkdwn:
    return words("{report} shows how your survey stands, here or in its channel.", report=Mrkdwn("`/report`"))


def help_note(words: Words) -> Note:
    """What can be written after the command, each with an example."""
    told = Mrkdwn("\n".join(help_lines(words)))
    return blocks.message(told, [blocks.section(told)])


def help_lines(words: Words) -> list[Mrkdwn]:
    return [
        words(
            "*Send a survey with {command}:* choose one, look it over, launch.", command=Mrkdwn("`/survey`")
        ),
        words(
            "{satisfaction}, {event} and {retro} open one at once.",
            satisfaction=Mrkdwn("`/survey satisfaction`"),
            event=Mrkdwn("`/survey event`"),
            retro=Mrkdwn("`/survey retro`"),
        ),
        words(
            "{anonymous} asks without names: nobody can see who answered what, not even you.",
            anonymous=Mrkdwn("`/survey anonymous`"),
        ),
        words(
            "{close} closes your latest survey here. Its report is posted by itself when it closes.",
            close=Mrkdwn("`/survey close`"),
        ),
    ]
