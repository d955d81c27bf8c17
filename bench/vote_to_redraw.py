"""How long from a click on an option until the browser shows the message redrawn, in the real demo.

Two ways: steadily, a vote every few seconds, and in a row, each vote as soon as the last one shows, which
uses up the 50 redraws a minute that Slack allows.
"""

import argparse
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from bench._browsing import CAFE, LIBRARY, ask, chromium, demo, page_of

VOTER = "U0BEN"
# Both moments are taken inside the page: at the click, and in the frame that paints the option's new count.
CLICK_AND_WAIT = """
([option, patience]) => new Promise((shown, lost) => {
    const name = `[aria-label="Vote for ${option}"]`;
    const count = () => {
        const blocks = [...document.querySelectorAll(name)].at(-1)?.closest(".blocks");
        const at = blocks?.innerText.indexOf(option) ?? -1;
        return at < 0 ? null : blocks.innerText.slice(at + option.length).match(/\\d+ votes?/)?.[0] ?? null;
    };
    const before = count();
    const began = performance.now();
    const seen = new MutationObserver(() => {
        const now = count();
        if (now === null || now === before) return;
        seen.disconnect();
        requestAnimationFrame(() => shown(performance.now() - began));
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    setTimeout(() => lost(new Error(`nothing was redrawn within ${patience} ms`)), patience);
    [...document.querySelectorAll(name)].at(-1).click();
})
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--votes", type=int, default=50)
    options.add_argument("--pause", type=float, default=2.0, help="seconds between steady votes")
    chosen = options.parse_args()
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        ask(browser, address)
        with page_of(browser, address, VOTER) as page:
            page.get_by_role("button", name=f"Vote for {CAFE}").last.wait_for()
            report("steadily", vote(page, chosen.votes, chosen.pause))
            report("in a row", vote(page, chosen.votes, 0))
        browser.close()
    return 0


def vote(page: Page, votes: int, pause_seconds: float) -> list[float]:
    """Return the milliseconds of each vote: one voter, who changes between two options."""
    took: list[float] = []
    for number in range(votes):
        option = (CAFE, LIBRARY)[number % 2]
        took.append(float(page.evaluate(CLICK_AND_WAIT, [option, 20_000])))
        page.wait_for_timeout(pause_seconds * 1000)
    return took


def report(way: str, took: list[float]) -> None:
    p95 = quantiles(took, n=20, method="inclusive")[-1]
    print(
        f"{way}: {len(took)} votes, median {median(took):.0f} ms, 95th of a hundred {p95:.0f} ms, "
        f"worst {max(took):.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
