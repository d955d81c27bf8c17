"""The small parts every room uses, each by itself."""
