"""The demo: fictive people with believable words, the same on every machine, and a large set of them for benchmarks."""
