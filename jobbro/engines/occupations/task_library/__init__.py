"""The task library: common tasks with what they ask, the words for each level, skills, places and starting sets."""

from jobbro.engines.occupations.records import Texts
from jobbro.engines.occupations.task_library.reading import (
    anchors,
    read_library,
    read_templates,
    skills,
    task_library,
    templates,
)
from jobbro.engines.occupations.task_library.records import (
    RHYTHMS,
    STATUS_PREFILLED,
    WHEN,
    AreaAnchors,
    ChainTemplate,
    LibraryTask,
    Named,
    TaskLibrary,
    TemplatePost,
    TemplateTask,
)

__all__ = [
    "RHYTHMS",
    "STATUS_PREFILLED",
    "WHEN",
    "AreaAnchors",
    "ChainTemplate",
    "LibraryTask",
    "Named",
    "TaskLibrary",
    "TemplatePost",
    "TemplateTask",
    "Texts",
    "anchors",
    "read_library",
    "read_templates",
    "skills",
    "task_library",
    "templates",
]
