"""What a person may be told: one class per reason, each holding its own sentence."""

from typing import ClassVar


class Refused(Exception):
    """The rules say no; `sentence` tells the person what is wrong and what to do.

    sentence: an English template and the key of its translation; its fields are filled from `values`.
    """

    sentence: ClassVar[str] = ""

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence.format(**values))
        self.values = values
