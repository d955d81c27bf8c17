"""Reports: what a round found, posted to a channel, at its close, on wish, or each week."""
