"""The app's Home tab: what I asked, and what I can do from here."""
