"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """19 MiB, two passes, one lane, as OWASP has it; Django's own 100 MiB for each try could be used to exhaust us."""

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
