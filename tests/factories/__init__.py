"""Rows for tests, one module an app. They are written past the wall, in the test's own transaction."""
