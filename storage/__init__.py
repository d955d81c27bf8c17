"""What the product remembers: rows stay in here, values come out."""

from storage.attempts import GiveUp, TryAgain
from storage.budgets import Granted, Pace
from storage.comments import Comment, Said
from storage.database import Busy, Database, Store, Unreachable, connect
from storage.deliveries import Delivery, Progress
from storage.drawings import Claim, Drawings
from storage.durable import Engine, Failure, Waiting
from storage.executors import Executor
from storage.health import Health
from storage.surveys import Farewell

__all__ = [
    "Busy",
    "Claim",
    "Comment",
    "Database",
    "Delivery",
    "Drawings",
    "Engine",
    "Executor",
    "Failure",
    "Farewell",
    "GiveUp",
    "Health",
    "Granted",
    "Pace",
    "Progress",
    "Said",
    "Store",
    "TryAgain",
    "Unreachable",
    "Waiting",
    "connect",
]
