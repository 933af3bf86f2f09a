"""Tests mirror the source; engine/ needs no database, journeys/ drive a real browser."""
