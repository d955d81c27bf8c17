"""“Other…”: the window in which its voters write what they mean, and what Slack calls about it."""

from slack_app.kit import blocks
from slack_app.kit.answers import Answer, Replaced
from slack_app.kit.blocks import Block
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Press, Submission
from slack_app.kit.routing import Routes
from slack_app.kit.text import bold
from slack_app.kit.words import Words
from slack_app.polls import outcomes, own_vote, writing
from slack_app.polls.choosing import other_field
from slack_app.polls.outcomes import Mine
from surveys import ballots


def modal(mine: Mine, words: Words) -> Block:
    poll = mine.outcome.poll
    parts = [*own_vote.how_kept(poll, words), blocks.section(bold(poll.question))]
    parts += other_field(poll, mine.ballot, words, optional=False)
    if poll.other in mine.ballot.chosen:
        back = blocks.button(
            words.plain("Take this choice back"), "polls.other_back", poll.id, style="danger"
        )
        parts.append(blocks.actions(back))
    return blocks.modal(
        "polls.other", words.plain("Your vote"), parts,
        submit=words.plain("Vote"), close=words.plain("Cancel"), memory=poll.id,
    )  # fmt: skip


def ask(press: Press, tools: Tools) -> Answer:
    """The Vote button beside "Other…"."""
    return open_window(press, press.value, tools)


def open_window(press: Press, poll_id: str, tools: Tools) -> Answer:
    mine = outcomes.ballot(tools.database, press.who, poll_id)
    ballots.check_may_vote(mine.outcome.poll, tools.now())
    tools.slack.open_modal(press.trigger, modal(mine, tools.words_for(press.who)))
    return None


def vote(sent: Submission, tools: Tools) -> Answer:
    """A vote for what is written in the window; a refusal is said beside the field."""
    text = sent.entries.get("other", "")
    voted = writing.vote(tools.database, sent.who, sent.memory, text, tools.now())
    tools.redraw_due.set()
    return Replaced(own_vote.chosen_modal(voted, tools.words_for(sent.who)))


def take_back(press: Press, tools: Tools) -> Answer:
    writing.take_back(tools.database, press.who, press.value, tools.now())
    tools.redraw_due.set()
    if (window := press.view) is not None:
        say = tools.words_for(press.who)
        view = own_vote.counted_modal(say("Your vote is taken back."), say)
        tools.later.do(lambda: tools.slack.update_modal(window, view))
    return None


def register(routes: Routes) -> None:
    routes.presses.update({"polls.other": ask, "polls.other_back": take_back})
    routes.submissions["polls.other"] = vote
