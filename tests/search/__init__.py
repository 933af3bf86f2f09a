"""Search: what readers type, and what they should be shown."""
