"""The settings of production; only the finished static files lie elsewhere, so that nobody rebuilds them meanwhile."""

from config.env import env
from config.settings import *  # noqa: F403

STATIC_ROOT = env.str("STATIC_ROOT")
