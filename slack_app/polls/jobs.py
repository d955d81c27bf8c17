"""What happens later with polls: the message follows the votes, or the owner learns why it cannot."""

from slack_app.kit import drawing
from slack_app.kit.context import Tools
from slack_app.kit.drawing import Drawing
from slack_app.kit.words import words
from slack_app.polls import blocks, service
from storage import Claim
from surveys.polls import Poll


def draw(claim: Claim[Poll], tools: Tools) -> float:
    """Bring one poll's message up to date; return the seconds that Slack asks to wait after it."""
    poll, standing = service.results(tools.database, claim.asked.workspace, claim.asked.id)
    return drawing.draw(
        claim,
        tools,
        Drawing(
            drawer=lambda store: store.polls,
            asked=poll,
            is_open=poll.is_open,
            note=blocks.poll_message(poll, standing, words(poll.language)),
            not_posted=lambda reason, say: blocks.not_posted(poll, reason, say),
        ),
    )
