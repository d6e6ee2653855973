"""What can need doing: each kind with its code, its words and its address."""

from .newer import NEWER
from .older import OLDER
from .shape import NeedKind, Own

KINDS = (*OLDER, *NEWER)
BY_CODE = {kind.code: kind for kind in KINDS}

__all__ = ["BY_CODE", "KINDS", "NeedKind", "Own"]
