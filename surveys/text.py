"""How long a text is, counted so that it fits however Slack counts."""


def length(text: str) -> int:
    """Return the number of UTF-16 units: an emoji may count once or twice with Slack, so it counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
