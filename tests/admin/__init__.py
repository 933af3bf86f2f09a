"""The desk: drafts, check, publish."""
