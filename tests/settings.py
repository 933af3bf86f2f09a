"""The site's settings as the tests use them."""

import os

os.environ.pop("SECRET_KEY_FILE", None)  # two keys are refused
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("HTTPS", "off")

from config.settings import *  # noqa: F403
from config.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
COUNT_SECONDS = 0  # no thread that writes while the database is rolled back
STAMP_SECONDS = 0  # every read looks at the database, so that no test sees another's content

# WhiteNoise warns about a missing folder, and a warning is an error here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
