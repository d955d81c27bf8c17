"""The two ways the playground says no: Slack's error to the app, a sentence to the person."""


class SlackError(Exception):
    """An error a Web API method answers with, in Slack's own words."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class CannotDo(Exception):
    """A gesture a person could not make in Slack either."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
