"""Members: read from Slack once a day, then kept up to date by its events."""
