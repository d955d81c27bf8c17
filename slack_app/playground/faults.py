"""Faults on demand: the next calls of a Web API method go wrong in the way a test or a person asks for."""

import re
import threading
from collections import defaultdict, deque

_KNOWN = re.compile(r"drop|lost|500|token_revoked|is_archived|missing_scope|slow:\d+(\.\d+)?|429:\d+")


class Faults:
    """Faults lined up by method; `*` stands for whichever method is called next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[str]] = defaultdict(deque)

    def next(self, method: str, kind: str, times: int = 1) -> None:
        """Let the next `times` calls of `method` go wrong.

        kind: "drop" (nothing done, connection cut), "lost" (done, connection cut before the answer), "500",
        "slow:SECONDS", "429:SECONDS", "token_revoked", "is_archived" or "missing_scope".
        """
        if not _KNOWN.fullmatch(kind):
            raise ValueError(f"There is no fault called {kind}.")
        with self._lock:
            self._waiting[method].extend([kind] * times)

    def take(self, method: str) -> str | None:
        with self._lock:
            for name in (method, "*"):
                if self._waiting[name]:
                    return self._waiting[name].popleft()
        return None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
