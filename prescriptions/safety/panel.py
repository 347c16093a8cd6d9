"""How a report is laid out: one calm column, worst first, what is folded gathered by check (rules A40, A44)."""

from __future__ import annotations

from dataclasses import dataclass

from prescriptions.safety.finding import Finding, Level, Report, Status


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the panel. Opened, it shows the text, the source and the day of each of its findings."""

    headline: str
    tone: str
    """HARD, REASON, NOT_DONE or INFO."""
    findings: tuple[Finding, ...]

    @property
    def is_folded(self) -> bool:
        """Tell whether the row gathers several findings."""
        return len(self.findings) > 1


def rows(report: Report) -> tuple[Row, ...]:
    """Return one row per finding that must be seen, then one per check for what stays folded.

    A thirteen-medicine resident has dozens of pairs « à prendre en compte »: they are one row, never hidden.
    """
    seen = [f for f in report.findings if f.expanded]
    folded: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if not finding.expanded:
            folded.setdefault(finding.title, []).append(finding)
    return (*map(_row, seen), *(_gathered(title, findings) for title, findings in folded.items()))


def _row(finding: Finding) -> Row:
    return Row(finding.headline, _tone(finding), (finding,))


def _tone(finding: Finding) -> str:
    if finding.status is Status.NOT_DONE:
        return Status.NOT_DONE.value
    return (finding.level or Level.INFO).value


def _gathered(title: str, findings: list[Finding]) -> Row:
    if len(findings) == 1:
        return _row(findings[0])
    return Row(f"{title} : {len(findings)} informations", Level.INFO.value, tuple(findings))
