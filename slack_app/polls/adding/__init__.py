"""Voters add options to a poll, and its owner lets them in."""
