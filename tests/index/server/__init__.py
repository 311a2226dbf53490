"""The index on a PostgreSQL server, against a real one."""
