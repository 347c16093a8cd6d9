"""ATC codes that several checks name. Source: ATC index of the WHO, our reading."""

from __future__ import annotations

BENZODIAZEPINES = ("N05BA", "N05CD", "N05CF")
NEUROLEPTICS = tuple(f"N05A{letter}" for letter in "ABCDEFGHLX")
"""N05A without lithium (N05AN)."""
NSAIDS = ("M01AA", "M01AB", "M01AC", "M01AE", "M01AG", "M01AH", "M01AX01", "M01AX02", "M01AX17", "M01AX22")
"""Anti-inflammatory medicines of M01A; glucosamine, chondroitin and diacerein, which M01AX holds too, are none."""
