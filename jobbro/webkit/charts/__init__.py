"""Pictures drawn on the server, each with the same content as words and as a table."""

from jobbro.webkit.charts.bridge import BridgeRow, bridge_picture, bridge_svg
from jobbro.webkit.charts.intervals import Interval, IntervalPanel, IntervalPicture, interval_picture
from jobbro.webkit.charts.needs import NeedRow, need_picture, profile_svg
from jobbro.webkit.charts.steps import StepsPicture, steps_picture, steps_svg
from jobbro.webkit.charts.trend import TrendPicture, trend_picture
from jobbro.webkit.charts.week import WeekPicture, WeekTask, week_picture, week_svg

__all__ = [
    "BridgeRow",
    "Interval",
    "IntervalPanel",
    "IntervalPicture",
    "NeedRow",
    "StepsPicture",
    "TrendPicture",
    "WeekPicture",
    "WeekTask",
    "bridge_picture",
    "bridge_svg",
    "interval_picture",
    "need_picture",
    "profile_svg",
    "steps_picture",
    "steps_svg",
    "trend_picture",
    "week_picture",
    "week_svg",
]
