"""The small parts every room uses: blocks, words, routing, errors and the one Web API client."""
