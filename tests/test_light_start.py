"""What a process that only answers Slack does not load: the engine of later work, and what scoring needs."""

import subprocess
import sys

HEAVY = ("dbos", "textblob", "nltk", "numpy", "py3langid", "vaderSentiment")


def test_neither_storage_nor_the_app_loads_what_only_later_work_needs() -> None:
    look = f"import sys, storage, slack_app.app; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "[]\n"
