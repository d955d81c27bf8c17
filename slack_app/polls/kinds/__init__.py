"""How each kind of poll is drawn and voted on, where it differs from a choice among options."""
