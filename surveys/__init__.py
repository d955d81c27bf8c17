"""What the product knows: rules as plain values, with no Slack, no SQL, no web, no clock, no randomness."""
