"""What the product remembers: rows stay in here, values come out."""

from storage.comments import Comment, Said
from storage.database import Busy, Database, Store, Unreachable, connect
from storage.drawings import Claim, Drawings
from storage.durable import Engine, TryAgain, Waiting
from storage.surveys import Farewell

__all__ = [
    "Busy",
    "Claim",
    "Comment",
    "Database",
    "Drawings",
    "Engine",
    "Farewell",
    "Said",
    "Store",
    "TryAgain",
    "Unreachable",
    "Waiting",
    "connect",
]
