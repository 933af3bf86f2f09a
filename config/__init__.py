"""Settings and the frame around the apps; imported first, so it chooses the SQLite library."""

import sys

try:
    # Debian 12's SQLite (3.40) can corrupt a database in WAL mode; this one is past the fix (3.51.3).
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:  # other systems: Python's own
    pass
