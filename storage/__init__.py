"""What the product remembers: rows stay in here, values come out."""

from storage.database import Busy, Database, Store, Unreachable, connect
from storage.drawings import Claim

__all__ = ["Busy", "Claim", "Database", "Store", "Unreachable", "connect"]
