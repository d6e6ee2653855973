"""Pictures drawn on the server, each with the same content as words and as a table."""

from jobbro.webkit.charts.bridge import BridgeRow, bridge_picture, bridge_svg
from jobbro.webkit.charts.needs import NeedRow, need_picture, profile_svg

__all__ = ["BridgeRow", "NeedRow", "bridge_picture", "bridge_svg", "need_picture", "profile_svg"]
