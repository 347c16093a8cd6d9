"""The invented cast: two houses, their staff, forty residents."""

from dataclasses import dataclass

HOUSES = [
    {
        "finess": "990000101",
        "finess_juridique": "990000010",
        "name": "EHPAD Les Tilleuls",
        "address": "12 rue des Vergers",
        "postal_code": "49000",
        "city": "Angers",
        "phone": "+33241000001",
        "tariff_option": "PARTIEL",
    },
    {
        "finess": "990000200",
        "finess_juridique": "990000010",
        "name": "EHPAD Bord de Loire",
        "address": "3 quai du Port",
        "postal_code": "49400",
        "city": "Saumur",
        "phone": "+33241000002",
        "tariff_option": "GLOBAL",
    },
]
PHARMACY = {
    "name": "Pharmacie des Halles",
    "address": "1 place des Halles, 49000 Angers",
    "phone": "+33241000003",
}

# login, title, first name, last name, profession, speciality, code, RPPS, phone, e-mail
STAFF = [
    (
        "martineau",
        "Dr",
        "Claire",
        "Martineau",
        "10",
        "Médecine générale",
        "01",
        "99900123458",
        "+33241000011",
    ),
    ("legoff", "Dr", "Yann", "Le Goff", "10", "Gériatrie", "34", "99900123466", "+33241000012"),
    ("roussel", "Mme", "Nadia", "Roussel", "60", "", "", "99900123474", "+33241000013"),
    ("perrin", "M.", "Luc", "Perrin", "", "", "", "", ""),
    ("benali", "Dr", "Samira", "Benali", "21", "", "", "99900123482", "+33241000014"),
    ("garnier", "Mme", "Odile", "Garnier", "", "", "", "", ""),
]
# login, index of the house, role, exercise, AM number
ASSIGNMENTS = [
    ("martineau", 0, "PRESCRIBER", "LIBERAL", "991000696"),
    ("martineau", 1, "PRESCRIBER", "LIBERAL", "991000696"),
    ("legoff", 0, "PRESCRIBER", "SALARIED", ""),
    ("roussel", 0, "NURSE", "", ""),
    ("perrin", 0, "NURSING_ASSISTANT", "", ""),
    ("benali", 0, "PHARMACIST", "", ""),
    ("garnier", 0, "ADMIN", "", ""),
]


@dataclass(frozen=True)
class Person:
    """One invented resident: identity, age in 2026, whether the identity is qualified, what is known of allergies."""

    birth_name: str
    first_names: tuple[str, ...]
    sex: str
    year: int
    used_name: str = ""
    ins: str = "QUALIFIEE"
    allergies: tuple[tuple[str, str], ...] = ()
    allergies_asked: bool = True


def _women() -> list[Person]:
    penicillin = (("CLASS", "Pénicillines"),)
    return [
        Person(
            "Beaumont",
            ("Jeanne", "Marie", "Louise"),
            "F",
            1938,
            "Lemaire",
            allergies=(*penicillin, ("FREE", "produit iodé")),
        ),
        Person("Jégou", ("Thérèse", "Anne"), "F", 1934, "Colin"),
        Person("Berthelot", ("Yvonne",), "F", 1932, "Marchand"),
        Person("Delaunay", ("Simone", "Rose"), "F", 1937, "Petit", allergies=(("SUBSTANCE", "Aspirine"),)),
        Person("Fouquet", ("Andrée",), "F", 1929, "Hamon"),
        Person("Kermarrec", ("Odette", "Jeanne"), "F", 1936, "Le Bihan"),
        Person("Moreau", ("Germaine",), "F", 1931, "Duval", allergies_asked=False),
        Person("Nicolas", ("Paulette",), "F", 1933, "Briand"),
        Person("Perrot", ("Denise", "Marcelle"), "F", 1935, ins="PROVISOIRE"),
        Person("Quéré", ("Fernande",), "F", 1927, "Robert"),
        Person("Sauvage", ("Huguette",), "F", 1940, "Noël"),
        Person("Texier", ("Ginette", "Paule"), "F", 1934),
        Person("Vasseur", ("Lucienne",), "F", 1930, "Caron", ins="RECUPEREE"),
        Person("Aubry", ("Raymonde",), "F", 1939, "Poirier"),
        Person("Blin", ("Micheline",), "F", 1941, allergies=(("SUBSTANCE", "Codéine"),)),
        Person("Chauvin", ("Solange", "Irène"), "F", 1936, "Guérin"),
    ]


def _men() -> list[Person]:
    return [
        Person("Guillou", ("Jean-Pierre",), "M", 1944, allergies_asked=False),
        Person("Abadie", ("Marcel", "Louis"), "M", 1935),
        Person("Caradec", ("Louis",), "M", 1940),
        Person("Lambert", ("Roger", "André"), "M", 1941, allergies=(("CLASS", "Sulfamides"),)),
        Person("Ollivier", ("Henri",), "M", 1939),
        Person("Riou", ("André",), "M", 1942),
        Person("Bazin", ("Maurice",), "M", 1933),
        Person("Cochet", ("Robert", "Jean"), "M", 1937, ins="PROVISOIRE"),
        Person("Dubreuil", ("Gaston",), "M", 1930),
        Person("Evrard", ("Fernand",), "M", 1938),
    ]


RESIDENTS = _women() + _men()
"""The first lives in room 214 and is the one shown in every guide."""
