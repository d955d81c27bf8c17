"""How many calls Slack still takes: a bucket for each key, filled again as time goes by."""

from datetime import datetime


class Budget:
    """at_once: how many calls may follow each other; a_second: how many come back in each second."""

    def __init__(self, at_once: int, a_second: float) -> None:
        self._at_once = at_once
        self._a_second = a_second
        self._left: dict[str, tuple[float, datetime]] = {}

    def take(self, key: str, now: datetime) -> float:
        """Take one call and return 0, or return the seconds to wait before there is one to take."""
        left, since = self._left.get(key, (float(self._at_once), now))
        gained = max((now - since).total_seconds(), 0.0) * self._a_second
        left = min(left + gained, float(self._at_once))
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / self._a_second
        self._left[key] = (left - 1, now)
        return 0.0

    def hold(self, key: str, now: datetime, wait_seconds: float) -> None:
        """Give nothing for so long: Slack said that the calls were too many after all."""
        self._left[key] = (1 - wait_seconds * self._a_second, now)
