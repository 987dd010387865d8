"""What narrows a name: a size, a part of the year, a place, a zone that was named before."""

from __future__ import annotations

from bisect import bisect_left

from ..diagnostics import Code, Diagnostic, Severity
from .clauses import Prefix
from .context import narrowed
from .filters import centre_before, is_anyway, leaves_whole, model_before, school_before, size_before
from .here import Ground, Here
from .indicators import Mention
from .model import Modality
from .scope import governing_zone, part_of_year, supported_member
from .sense import State

__all__ = ["filter_of"]

_TARGET = Modality.TARGET
_OF_REGION = frozenset(("属", "级", "直", "本级"))
"""云溪市属国有企业: of the region, and a part of it."""


def filter_of(
    ground: Ground, id: str, name: Mention, here: Here, state: State, at: int, prefix: Prefix | None = None
) -> str:
    """What narrows a name, less the report's own region: 云溪县地区生产总值 in the report of 云溪县 is all there is."""
    filter = _narrowing(ground, id, name, here, state, at, prefix)
    region = ground.region
    if not filter or len(region) < 2 or region[:-1] not in filter:
        return filter
    _, own, part = filter.partition(region)
    if own:
        return filter if part in _OF_REGION else part
    return "" if filter == region[:-1] else filter


def _narrowing(
    ground: Ground, id: str, name: Mention, here: Here, state: State, at: int, prefix: Prefix | None = None
) -> str:
    text, sentence, start = ground.text, here.sentence[0], name.start
    listed = state.listed
    if here.sized and (size := size_before(text, sentence, start, name.end)):
        return size
    traits = ground.traits[id]
    if here.seasonal:
        far = not listed and traits.governed
        if part := part_of_year(text, sentence, at, far=far, sums=traits.sums):
            return part
    if traits.family:  # told apart by the printed name, and no total of anything
        # but 民主法治示范村 and 垃圾分类示范村 are printed as the bare name
        kind = prefix.rest if prefix is not None and text[start : name.end] == "示范村" else ""
        return model_before(kind)
    if traits.schools and (school := school_before(text, start)):
        return school
    if prefix is not None:
        if prefix.rest and not listed and traits.aggregate:
            return prefix.rest
        if prefix.rest and traits.whole and not leaves_whole(prefix.rest, ground.region):
            return prefix.rest
        if traits.centred and (centre := centre_before(text, sentence, start)):
            return centre
        if listed and not prefix.filter and not prefix.region:
            return ""  # a list of targets is the region's own
    if prefix is not None and here.quiet:
        filter = narrowed(prefix, ground.level)
    else:
        filter = here.around.filter(name, prefix)
    if filter and is_anyway(id, filter):
        filter = ""
    if not filter and here.governed and traits.aggregate and state.modality is not _TARGET:
        # 双城经济圈建设走深走实，经济总量超9万亿元: of more than the region, or less
        zones = ground.zones[bisect_left(ground.zones, (sentence, 0)) : bisect_left(ground.zones, (start, 0))]
        zone = governing_zone(text, start, sentence, zones, ground.region, ground.path) if zones else ""
        filter = zone if zone == "经济圈" else ""
    if (
        filter
        or listed
        or state.modality is not _TARGET
        or (prefix is not None and prefix.region)
        or here.quiet
    ):
        return filter
    zone = supported_member(text, start, sentence, ground.region)
    if not zone and not here.governed:
        return filter
    zone = zone or governing_zone(text, start, sentence, ground.zones, ground.region, ground.path)
    if zone:
        place = ground.reading.span(start, max(at, name.end))
        message = f"{text[start : name.end]} may be of the {zone} before it, and is no target of the region"
        ground.notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.INFO, place, message))
    return zone
