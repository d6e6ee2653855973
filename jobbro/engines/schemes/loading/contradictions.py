"""contradictions.yaml: facts that cannot all be true."""

from jobbro.engines.schemes.loading.conditions import Conditions
from jobbro.engines.schemes.loading.texts import read_own_text
from jobbro.engines.schemes.rules import Contradiction
from jobbro.kernel.content import Place


def read_contradictions(place: Place, *, conditions: Conditions) -> tuple[Contradiction, ...]:
    """Every contradiction, in file order."""
    found: list[Contradiction] = []
    for item in place.fields(required=("contradictions",))["contradictions"].items():
        fields = item.fields(required=("id", "all", "da", "en"))
        if any(fields["id"].text() == other.id for other in found):
            fields["id"].refuse("is given twice")
        tests = tuple(conditions.test(test) for test in fields["all"].items())
        found.append(Contradiction(id=fields["id"].text(), tests=tests, text=read_own_text(fields)))
    return tuple(found)
