"""Tasks of a workplace, searches for carved jobs, the jobs, open jobs of all kinds, and what people seek."""

from .carved import CarvedFor, CarvedJob, CarvedSupport, CarvedTask, Carving, CarvingPerson
from .openings import Opening
from .tasks import Holder, HolderWage, Task
from .wishes import WorkWish

__all__ = [
    "CarvedFor",
    "CarvedJob",
    "CarvedSupport",
    "CarvedTask",
    "Carving",
    "CarvingPerson",
    "Holder",
    "HolderWage",
    "Opening",
    "Task",
    "WorkWish",
]
