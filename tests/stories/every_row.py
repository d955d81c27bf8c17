"""Everything that is kept, read beside the app, as whoever has the database's file or password can."""

from sqlalchemy import Engine, MetaData, select


def rows(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, ours and the engine's, as text."""
    tables = MetaData()
    with engine.connect() as connection:
        for schema in (None, "dbos") if engine.dialect.name == "postgresql" else (None,):
            tables.reflect(connection, schema=schema)
        return {
            table.name: [str(tuple(row)) for row in connection.execute(select(table))]
            for table in tables.sorted_tables
        }
