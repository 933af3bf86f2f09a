"""Timings with their targets, never part of the tests."""
