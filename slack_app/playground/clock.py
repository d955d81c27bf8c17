"""The playground's clock: real time plus whatever it has been moved forward, or standing still."""

import time


class Clock:
    """Tells the playground's time in epoch seconds; only ever moved forward."""

    def __init__(self, offset: float = 0.0) -> None:
        self._offset = offset
        self._stands_at: float | None = None

    def now(self) -> float:
        real = time.time() if self._stands_at is None else self._stands_at
        return real + self._offset

    def stand_still(self) -> None:
        """Go on by being moved only: how fast a computer is then says nothing."""
        self._stands_at = time.time()

    def move(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("A clock moves forward only.")
        self._offset += seconds
