"""What the reports room says and does, without a Slack."""
