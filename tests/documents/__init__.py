"""The kinds of document."""
