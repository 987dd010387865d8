"""Heading detectors: what proposes, what refuses, and the chain that orders them."""

from .chain import DEFAULT, DetectorChain, PatternTimeoutError, RegexHeading, installed
from .leads import LeadSentence
from .lines import AnnexTitle, PartLine, SectionLine
from .markers import MARKER_STYLES, MarkerStyle
from .model import Candidate, HeadingDetector, Veto
from .vetoes import DEFAULT_VETOES, NamedVeto

__all__ = [
    "DEFAULT",
    "DEFAULT_VETOES",
    "MARKER_STYLES",
    "AnnexTitle",
    "Candidate",
    "DetectorChain",
    "HeadingDetector",
    "LeadSentence",
    "MarkerStyle",
    "NamedVeto",
    "PartLine",
    "PatternTimeoutError",
    "RegexHeading",
    "SectionLine",
    "Veto",
    "installed",
]
