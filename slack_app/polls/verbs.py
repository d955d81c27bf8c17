"""The words after the command or a mention that ask no poll: help, close, results, list."""

from slack_app.kit.blocks import Note
from slack_app.kit.context import Tools
from slack_app.kit.incoming import Who
from slack_app.kit.words import Words
from slack_app.polls import blocks, closing, listing, outcomes, service
from slack_app.polls.help import help_note
from surveys import grammar
from surveys.people import Member

Verb = grammar.Help | grammar.Close | grammar.Results | grammar.Listed


def done(verb: Verb, who: Who, member: Member, channel: str, tools: Tools, say: Words) -> Note:
    """Do what the word says, in one's latest open poll here; return what the person alone is told."""
    match verb:
        case grammar.Help():
            return help_note(say)
        case grammar.Listed():
            return listing.note(who, tools, say)
        case grammar.Close():
            poll = service.latest(tools.database, who, channel)
            closing.close(tools.database, member, who, poll.id, tools.now())
            tools.redraw_due.set()
            return Note(say("“{question}” is closed.", question=poll.question))
        case grammar.Results():
            poll = service.latest(tools.database, who, channel)
            outcome = outcomes.results(tools.database, who.workspace, poll.id, who)
            return blocks.results_note(outcome, say)
