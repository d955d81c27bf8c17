"""What a vote costs on a poll with 10,000 votes, beside one with none: it should be the same."""

import argparse
import tempfile
from pathlib import Path

from bench._processes import serving
from bench.answer_time import compare, votes


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--votes", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--calls", type=int, default=50)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving("slack") as slack:
        api = f"http://127.0.0.1:{slack.port}/api/"
        reply_url = f"http://127.0.0.1:{slack.port}/response/1"
        big_file, empty_file = str(Path(folder, "big.db")), str(Path(folder, "empty.db"))
        with (
            serving("palabre", api, big_file, str(chosen.votes)) as big,
            serving("palabre", api, empty_file) as empty,
        ):
            pair = {
                f"{chosen.votes} votes": (big, votes(reply_url, big.said["poll"])),
                "no votes": (empty, votes(reply_url, empty.said["poll"])),
            }
            compare("vote", pair, chosen.rounds, chosen.calls)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
