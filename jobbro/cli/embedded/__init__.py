"""A PostgreSQL of our own beside the project: nothing to install, one start, data kept between runs."""

from jobbro.cli.embedded.binaries import BINARIES_VARIABLE
from jobbro.cli.embedded.cluster import EmbeddedPostgres, PostgresNotStarted, Server

__all__ = ["BINARIES_VARIABLE", "EmbeddedPostgres", "PostgresNotStarted", "Server"]
