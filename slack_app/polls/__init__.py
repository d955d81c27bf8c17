"""Polls: asked by command or form, voted on in a channel, closed by their owner."""
