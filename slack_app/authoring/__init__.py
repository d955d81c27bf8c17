"""Authoring: a survey is chosen, looked over, launched, closed and deleted by its owner."""
