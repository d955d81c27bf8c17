"""Delivery: a round's message in its channel, and who is asked by it."""
