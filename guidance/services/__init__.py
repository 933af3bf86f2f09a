"""Verbs that write or span models, and the reading of what is live."""
