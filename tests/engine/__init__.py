"""Tests of the self-check engine: plain Python, no database."""
