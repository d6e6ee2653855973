"""The server's settings: local only, and no values of people in its log."""

# log_parameter_max_length and log_error_verbosity keep values out of the log: planted ones stayed in it without them.
# They stand on the server's command line, so that no `ALTER SYSTEM` and no edited file can undo them.
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "logging_collector": "off",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    # The data lie in memory or on a disk without a head; at the default of 4 a list of 500 reads the whole table.
    "random_page_cost": "1.1",
    # Compiling costs more than any page's query.
    "jit": "off",
}
# For tests only: a crash of the machine may lose everything.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_options(*, port: int, durable: bool) -> list[str]:
    """The settings as arguments of `postgres`; a server that is not durable is for tests."""
    settings = ALWAYS | ({} if durable else NOT_DURABLE) | {"port": str(port)}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
