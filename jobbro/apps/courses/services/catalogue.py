"""The catalogue: courses and what there is to read for them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..checking import checked_areas, checked_line, checked_words
from ..models import Course, Material
from ..permissions import can_keep_catalogue
from ..refusals import Changed, NotThere, Refused
from ..stamps import seen_row

LONGEST_LINK = 500
COURSE_FIELDS = (
    *("title_da", "title_en", "text_da", "text_en", "easy_da", "easy_en", "aims_da", "aims_en"),
    *("areas", "length", "run_by", "changed_at"),
)
MATERIAL_FIELDS = ("title_da", "title_en", "text_da", "text_en", "link", "removed_on", "changed_at")


@dataclass(frozen=True, kw_only=True)
class CourseDraft:
    """A course as somebody wrote it."""

    title_da: str
    text_da: str
    easy_da: str
    aims_da: str
    length: str
    run_by: str
    title_en: str = ""
    text_en: str = ""
    easy_en: str = ""
    aims_en: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MaterialDraft:
    """Something to read: words, a link, or both."""

    title_da: str
    title_en: str = ""
    text_da: str = ""
    text_en: str = ""
    link: str = ""


def add_course(*, actor: Actor, municipality_code: str, draft: CourseDraft, at: datetime) -> Course:
    """The course stands in the municipality's catalogue. Refused: `needed`, `too_long`, `cpr`, `areas`."""
    if not can_keep_catalogue(actor) or municipality_code not in actor.codes:
        raise PermissionDenied
    course = Course(municipality_id=municipality_code, made_by_id=actor.id, changed_at=at)
    _write_course(course, draft=draft)
    course.save(force_insert=True)
    record_event(verb=Verb.COURSE_ADDED, subject=course)
    return course


def change_course(*, actor: Actor, course_id: UUID, draft: CourseDraft, seen: str, at: datetime) -> Course:
    """The course says this now. Raises Changed."""
    course = _locked_course(actor=actor, course_id=course_id, seen=seen)
    _write_course(course, draft=draft)
    course.changed_at = at
    course.save(update_fields=COURSE_FIELDS)
    record_event(verb=Verb.COURSE_CHANGED, subject=course)
    return course


def turn_course(*, actor: Actor, course_id: UUID, is_offered: bool, seen: str, at: datetime, on: date) -> Course:
    """The course is taken out of the catalogue, or stands in it again; sessions that are planned go on."""
    course = _locked_course(actor=actor, course_id=course_id, seen=seen)
    course.closed_on, course.changed_at = None if is_offered else on, at
    course.save(update_fields=["closed_on", "changed_at"])
    record_event(verb=Verb.COURSE_CHANGED, subject=course, detail={"is_offered": is_offered})
    return course


def add_material(*, actor: Actor, course_id: UUID, draft: MaterialDraft, at: datetime) -> Material:
    """There is one more thing to read, last. Refused: `material` when there are neither words nor a link, `link`."""
    course = locked_course(actor=actor, course_id=course_id)
    last = course.materials.order_by("-place").values_list("place", flat=True).first() or 0
    material = Material(course=course, place=last + 1, made_by_id=actor.id, changed_at=at)
    _write_material(material, draft=draft)
    material.save(force_insert=True)
    record_event(verb=Verb.COURSE_CHANGED, subject=material)
    return material


def change_material(
    *, actor: Actor, material_id: UUID, draft: MaterialDraft, is_removed: bool, seen: str, at: datetime, on: date
) -> Material:
    """It says this now, or has been taken away. Raises Changed."""
    found = Material.objects.filter(pk=material_id, removed_on__isnull=True).values_list("course_id", flat=True).first()
    if found is None:
        raise NotThere
    locked_course(actor=actor, course_id=found)
    material = Material.objects.select_for_update(of=("self",)).get(pk=material_id)
    if seen_row(material) != seen:
        raise Changed
    _write_material(material, draft=draft)
    material.removed_on, material.changed_at = on if is_removed else None, at
    material.save(update_fields=MATERIAL_FIELDS)
    record_event(verb=Verb.COURSE_CHANGED, subject=material)
    return material


def locked_course(*, actor: Actor, course_id: UUID) -> Course:
    """The course of an own municipality, locked; for those who keep the catalogue."""
    if not can_keep_catalogue(actor):
        raise PermissionDenied
    rows = Course.objects.filter(municipality_id__in=actor.codes).select_for_update(of=("self",))
    course: Course | None = rows.filter(pk=course_id).first()
    if course is None:
        raise NotThere
    return course


def _locked_course(*, actor: Actor, course_id: UUID, seen: str) -> Course:
    course = locked_course(actor=actor, course_id=course_id)
    if seen_row(course) != seen:
        raise Changed
    return course


def _write_course(course: Course, *, draft: CourseDraft) -> None:
    for name in ("title_da", "length", "run_by"):
        setattr(course, name, checked_line(getattr(draft, name), field=name, is_needed=True))
    for name in ("text_da", "easy_da", "aims_da"):
        setattr(course, name, checked_words(getattr(draft, name), field=name, is_needed=True))
    course.title_en = checked_line(draft.title_en, field="title_en")
    for name in ("text_en", "easy_en", "aims_en"):
        setattr(course, name, checked_words(getattr(draft, name), field=name))
    course.areas = checked_areas(draft.areas)


def _write_material(material: Material, *, draft: MaterialDraft) -> None:
    material.title_da = checked_line(draft.title_da, field="title_da", is_needed=True)
    material.title_en = checked_line(draft.title_en, field="title_en")
    material.text_da = checked_words(draft.text_da, field="text_da")
    material.text_en = checked_words(draft.text_en, field="text_en")
    material.link = checked_line(draft.link, field="link", most=LONGEST_LINK)
    if material.link and not material.link.startswith("https://"):
        raise Refused("link", fields=("link",))
    if not (material.text_da or material.link):
        raise Refused("material", fields=("text_da",))
