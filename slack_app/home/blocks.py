"""What a member sees in the Home tab."""

from collections.abc import Sequence

from slack_app.kit import blocks
from slack_app.kit.blocks import Block
from slack_app.kit.text import Mrkdwn
from slack_app.kit.words import Words

GREETING = "*Palabre* asks your community, and listens. Write {command} in any channel, or begin here."


def home(my_polls: Sequence[Block], words: Words, *, has_more: bool) -> Block:
    ask = blocks.button(words.plain("Ask a new poll"), "polls.ask", "home", style="primary")
    head = [
        blocks.section(words(GREETING, command=Mrkdwn("`/poll`"))),
        blocks.actions(ask),
        blocks.divider(),
        blocks.section(words("*My open polls*")),
    ]  # fmt: skip
    nothing = [blocks.section(words("You have no open poll. Ask one, it takes a minute."))]
    more = [blocks.context(words("Only your newest polls are shown here. Close some to see the others."))]
    return blocks.home([*head, *(my_polls or nothing), *(more if has_more else [])])
