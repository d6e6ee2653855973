"""What the worker does for jobs: searches for carved jobs."""

from uuid import UUID

from procrastinate.contrib.django import app

from .services.carving_runs import run_search


@app.task(pass_context=False)
def run_carving(carving_id: str, user_id: str) -> None:
    """Think in the name of whoever asked, until it is proven, the time is up or somebody stops it."""
    run_search(carving_id=UUID(carving_id), user_id=UUID(user_id))
