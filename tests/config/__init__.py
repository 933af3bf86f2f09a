"""Health, headers, settings."""
