"""Publishing, loading and reading what is live."""
