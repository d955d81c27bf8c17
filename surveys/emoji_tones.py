"""What an emoji says about a comment's feeling, on VADER's scale of -4 to 4.

The lexicons know few of them, and not those that people in Slack use most: a bare 👍 is nothing to VADER.
"""

from surveys.phrases import read

EMOJI = dict(read("emoji.txt"))
