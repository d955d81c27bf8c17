"""What the product remembers: rows stay in here, values come out."""

from storage.attempts import Busy, GiveUp, MaybeDone, TryAgain
from storage.budgets import Granted, Pace
from storage.comments import Comment, Said
from storage.database import Database, Store, Unreachable, connect
from storage.deliveries import Delivery, Progress
from storage.drawings import Claim, Drawings
from storage.durable import Engine
from storage.executors import Executor
from storage.health import Health
from storage.jobs import Failure, Waiting
from storage.lock import Lock, Taken
from storage.masters import WrongMasterKey
from storage.presence import ALONE, Executing, Rhythm
from storage.sealed import Boxed, Mixed, NoMasterKey, Opened
from storage.surveys import Farewell
from storage.vault import CannotOpen

__all__ = [
    "ALONE",
    "Boxed",
    "Busy",
    "CannotOpen",
    "Claim",
    "Comment",
    "Database",
    "Delivery",
    "Drawings",
    "Engine",
    "Executing",
    "Executor",
    "Failure",
    "Farewell",
    "GiveUp",
    "Granted",
    "Health",
    "Lock",
    "MaybeDone",
    "Mixed",
    "NoMasterKey",
    "Opened",
    "Pace",
    "Progress",
    "Rhythm",
    "Said",
    "Store",
    "Taken",
    "TryAgain",
    "Unreachable",
    "Waiting",
    "WrongMasterKey",
    "connect",
]
