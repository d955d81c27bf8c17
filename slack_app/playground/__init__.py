"""A small, strict Slack on this computer: what the demo shows and the tests use."""
