"""Upkeep: what waits and what failed, for whoever administers the workspace and for whose work it was."""
