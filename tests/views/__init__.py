"""Public pages through the test client."""
