"""Reads of the key persons app: the register, the questions, the knowledge, and how much they are used."""
