"""Answering: a survey's pages, filled in by one person."""
