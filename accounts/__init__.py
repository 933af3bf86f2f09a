"""Staff accounts; readers have none."""
