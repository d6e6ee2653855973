"""Writes of the key persons app: the register, the questions, the knowledge."""
