"""The words of the document: the statement's own, with numbers in letters on an ordonnance sécurisée."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from amo_gateway.xml import text
from prescriptions.documents.cda.markup import yes_no
from prescriptions.documents.statement import Line, Statement
from prescriptions.kinds.lettered_text import numbers_in_letters
from prescriptions.kinds.order import Paper
from prescriptions.printing.mentions import UNCHECKED

Wording = Callable[[str], str]


def wording(statement: Statement) -> Wording:
    """Return how the ordonnance writes numbers: in letters when secured (CSP R5132-29; rule B13), else as they are."""
    return numbers_in_letters if statement.paper == Paper.SECURISEE else str


def printed_words(line: Line, say: Wording) -> str:
    """Write what the ordonnance says under the title of a line: its sentences, its flags, that nothing was checked."""
    unchecked = (UNCHECKED,) if line.unchecked else ()
    return paragraphs((*line.texts, *line.flags, *unchecked), say)


def paragraphs(texts: Iterable[str], say: Wording) -> str:
    """Write sentences one under the other."""
    return "<br/>".join(text(say(sentence)) for sentence in texts if sentence.strip())


def table(head: Iterable[str], rows: str) -> str:
    """Write a table of the narrative; `rows` is markup."""
    titles = "".join(f"<th>{title}</th>" for title in head)
    return f'<table border="0"><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>'


def row(*cells: str) -> str:
    """Write a row from the markup of its cells."""
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def answers(of: object, names: Iterable[str], line: str) -> tuple[str, ...]:
    """Write « Oui » or « Non » for each flag, where entries refer to it."""
    return tuple(f'<content ID="{line}-{name}">{yes_no(getattr(of, name))}</content>' for name in names)
