"""Faults on demand: the next calls of a Web API method go wrong in the way a test or a person asks for."""

import re
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Set

_KNOWN = re.compile(r"drop|lost|500|token_revoked|is_archived|missing_scope|slow:\d+(\.\d+)?|429:\d+")

_LOST_PICTURE = re.compile(r"/missing\.(png|jpe?g|gif)$")


def lost_pictures(value: object, lost: Set[str], at: str = "/blocks") -> Iterator[str]:
    """Yield where blocks show a picture that is lost: any whose address ends in /missing.png."""
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from lost_pictures(inner, lost, f"{at}/{index}")
    if isinstance(value, dict):
        address = value.get("image_url")
        if isinstance(address, str) and (address in lost or _LOST_PICTURE.search(address)):
            yield f"{at}/image_url"
        for name, inner in value.items():
            yield from lost_pictures(inner, lost, f"{at}/{name}")


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
