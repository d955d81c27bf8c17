"""What a member sees in the Home tab."""

from collections.abc import Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words

GREETING = "*Palabre* asks your community, and listens. Write {command} in any channel, or begin here."


def home(my_polls: Sequence[Block], words: Words) -> Block:
    ask = blocks.button(words.plain("Ask a new poll"), "polls.ask", "home", style="primary")
    head = [
        blocks.section(words(GREETING, command=Mrkdwn("`/poll`"))),
        blocks.actions(ask),
        blocks.divider(),
        blocks.section(words("*My open polls*")),
    ]  # fmt: skip
    nothing = [blocks.section(words("You have no open poll. Ask one, it takes a minute."))]
    return blocks.home([*head, *(my_polls or nothing)])
