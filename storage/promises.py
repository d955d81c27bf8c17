"""What was promised about privacy at launch, as columns of a poll or round and back."""

from typing import Any

from sqlalchemy import Row

from surveys.anonymity import Level, Privacy, ResultsTo


def columns(promised: Privacy) -> dict[str, object]:
    return {
        "level": promised.level.value,
        "fewest": promised.fewest,
        "results_to": promised.results_to.value,
        "has_receipts": promised.has_receipts,
    }


def privacy(row: Row[Any]) -> Privacy:
    return Privacy(Level(row.level), row.fewest, ResultsTo(row.results_to), row.has_receipts)
