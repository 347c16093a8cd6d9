"""What every kind knows how to do. One folder, one `ENTRY`; the registry finds it by the name of the folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from amo_gateway.messages import Line
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.form import Content, Field
from prescriptions.kinds.order import Order
from prescriptions.kinds.reading import Reading


class Source(NamedTuple):
    """Where fields of a form come from, for the documentation."""

    words: str
    origin: str
    """Official source, or « choix du projet »."""
    fields: tuple[str, ...] = ()
    """Names of the fields of the form; empty for what is not typed in one."""


FLAGS_SOURCE = Source(
    "ALD, AT/MP, prévention, non remboursable",
    "volume ANS eP-MED-DM (MED-574, GEN-180, GEN-295, GEN-181)",
    ("ald", "atmp", "prevention", "non_reimbursable"),
)
COMMENT_SOURCE = Source("note à l’exécutant", "choix du projet (EPU : commentaire)", ("comment",))


class Tag(Protocol):
    """A small label beside a name."""

    @property
    def text_fr(self) -> str: ...
    @property
    def tone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Chip:
    """A small label of ours: `tone` from the one severity grammar."""

    text_fr: str
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Hit:
    """One option of the search box. `value` comes back when it is chosen."""

    value: str
    name: str
    strength: str = ""
    detail: str = ""
    under: str = ""
    chips: tuple[Tag, ...] = ()
    marketed: bool = True

    @property
    def text(self) -> str:
        """What the box shows once it is chosen."""
        return f"{self.name} {self.strength}".strip()


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """Type of the shared document, JDV_J07 XdsTypeCode (ANS); the document is then CDA level 1, around the PDF."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Caption:
    """How an unfinished line is called: name, what stands beside it, what the table says of it."""

    name: str
    detail: str = ""
    facts: tuple[str, ...] = ()
    chips: tuple[Tag, ...] = ()


class UnknownChoice(LookupError):
    """What was chosen is not, or no longer, in the tables."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of line."""

    heading: str
    """Title of its ordonnance: « Soins infirmiers »."""
    placeholder: str
    """Words of the search box."""
    search: Callable[[str, Mapping[str, str]], list[Hit]]
    choose: Callable[[str], tuple[Content, ...]]
    """From a value chosen (or `free_value(words)`) to the contents of the lines to add. Raises UnknownChoice."""
    normalise: Callable[[object], Content]
    subject: Callable[[Mapping[str, Any]], Any]
    """The facts the line is about, from its table. Raises UnknownChoice when they left it."""
    subjects: Callable[[Sequence[Mapping[str, Any]]], list[Any]]
    """The same for the lines of one draft, read together; `GONE` where they left the table."""
    caption: Callable[[Mapping[str, Any], Any], Caption]
    charge: Callable[[Mapping[str, Any], Any], Charge]
    """What the line costs money for, as far as it is written."""
    read: Callable[[Mapping[str, Any], Any, date | None], Reading[Order]]
    from_json: Callable[[dict[str, Any]], Order]
    to_wire: Callable[[int, Any], Line]
    document: DocumentCode | None = None
    """None for health products, which have a structured document of their own (eP-MED-DM)."""
    priced: bool = False
    """Whether a public table gives its price (rule A16)."""
    fields: tuple[Field, ...] = ()
    """Empty for the kind that draws its own form."""
    tailored: Callable[[tuple[Field, ...], Any], tuple[Field, ...]] = lambda fields, _subject: fields
    """The same fields as this very line shows them: a question that does not arise is not asked."""
    no_free_text: str = ""
    """Why free text is not allowed; empty when it is (rules A22, B52)."""
    first_field: str = ""
    """Where the next keystroke is useful once a line is added."""
    searches: tuple[tuple[str, str], ...] = ()
    """Switches of the search: name, label."""
    sample: Content = field(default_factory=dict)
    """What to `normalise` so that every list of the content has one element: the whole shape is then seen."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """For machines: what a field holds, when no `fields` say it."""
    sources: tuple[Source, ...] = ()
    """Every field of the form is in one of them: a test holds it, and the page of sources to them."""


def one_by_one(
    subject: Callable[[Mapping[str, Any]], Any],
) -> Callable[[Sequence[Mapping[str, Any]]], list[Any]]:
    """Return `subjects` for a table that is read one line at a time."""

    def read(contents: Sequence[Mapping[str, Any]]) -> list[Any]:
        return [_or_gone(subject, content) for content in contents]

    return read


class Gone:
    """What stands for the facts of a line that left its table."""


GONE = Gone()


def _or_gone(subject: Callable[[Mapping[str, Any]], Any], content: Mapping[str, Any]) -> Any:
    try:
        return subject(content)
    except UnknownChoice:
        return GONE


_FREE = "libre:"


def free_value(words: str) -> str:
    """Return the value of the option that takes the words as they were typed."""
    return f"{_FREE}{words}"


FREE_TEXT = "texte libre, non contrôlé"


def free_hit(query: str, detail: str = FREE_TEXT) -> Hit:
    """Return the option that takes the words as they were typed (rule A22)."""
    words = query.strip()
    return Hit(value=free_value(words), name=words, detail=detail)


def free_words(value: str) -> str | None:
    """Return the words of a free line, None when something of a table was chosen."""
    return value.removeprefix(_FREE).strip() if value.startswith(_FREE) else None
