"""The playground's clock: real time plus whatever it has been moved forward."""

import time


class Clock:
    """Tells the playground's time in epoch seconds; only ever moved forward."""

    def __init__(self, offset: float = 0.0) -> None:
        self._offset = offset

    def now(self) -> float:
        return time.time() + self._offset

    def move(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("A clock moves forward only.")
        self._offset += seconds
