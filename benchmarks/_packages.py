"""Which packages a bench ran with."""

from importlib.metadata import distributions


def versions_of(*names: str) -> dict[str, str]:
    """The version of each that is installed, read beside the code: nothing is imported or looked up among modules."""
    return {name: found.version for name in names for found in distributions(name=name)}
