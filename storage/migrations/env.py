"""Runs the migrations on the connection given by `storage.migrations.upgrade`."""

from alembic import context

from storage.tables import metadata

# transactional_ddl: SQLite too takes back half a migration, as long as nobody commits in between.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
