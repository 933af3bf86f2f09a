"""Hypothesis draws the same examples on every run, so that a red test stays red until somebody mends it."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, derandomize=True, database=None)
settings.load_profile("engine")
