"""Measurements against yardsticks in the same run: `python3 dev bench NAME`."""
