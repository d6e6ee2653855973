"""Round-tables and agreements: for the citizen, for those around them, and for the company at the table."""
