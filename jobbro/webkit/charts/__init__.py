"""Pictures drawn on the server, each with the same content as words and as a table."""

from jobbro.webkit.charts.bridge import BridgeRow, bridge_picture, bridge_svg
from jobbro.webkit.charts.intervals import Interval, IntervalPanel, IntervalPicture, interval_picture
from jobbro.webkit.charts.needs import NeedRow, need_picture, profile_svg

__all__ = [
    "BridgeRow",
    "Interval",
    "IntervalPanel",
    "IntervalPicture",
    "NeedRow",
    "bridge_picture",
    "bridge_svg",
    "interval_picture",
    "need_picture",
    "profile_svg",
]
