"""What these tests send: a realistic e-prescription, its signature, the call around it, a service in a thread."""

import threading
import time as clock
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amo_gateway import credentials, epu
from amo_gateway.client import AmoClient
from amo_gateway.credentials import Credentials
from amo_gateway.envelope import Actor, Beneficiary, CallContext, Lps
from amo_gateway.errors import GatewayError
from amo_gateway.identifiers import SimIdentifiantGenerator
from amo_gateway.messages import (
    INS_NIR_OID,
    ActeBiologieLine,
    ActeLine,
    DispositifMedicalLine,
    EPrescription,
    Lieu,
    Line,
    MedicamentLine,
    Patient,
    Pharmacie,
    Phase,
    PosologieStructuree,
    Prescripteur,
    Prise,
    SiBesoin,
    Structure,
    Vu,
)
from amo_gateway.signing import sign_enveloped
from amo_gateway.simulator.server import Server
from amo_gateway.simulator.service import Service
from amo_gateway.simulator.store import Store
from tests.cast import TILLEULS
from tests.stack import Pki

RPPS = "99900123458"
AM = "991000696"
GENERATOR = SimIdentifiantGenerator(7)
PATIENT = Patient(
    nom_famille="Beaumont",
    nom_utilise="Lemaire",
    prenom_utilise="Jeannette",
    prenom="Jeanne",
    prenoms="Jeanne Éloïse",
    date_naissance=date(1938, 3, 14),
    sexe="F",
    lieu_naissance="49007",
    ins="238034900700144",
    ins_oid=INS_NIR_OID,
)
TAPER = PosologieStructuree(
    unite="comprimé",
    phases=[
        Phase(
            prises=[
                Prise(quantite=Decimal("2"), moment="matin"),
                Prise(quantite=Decimal("0.5"), heure=time(20)),
            ],
            duree_jours=5,
        ),
        Phase(
            prises=[Prise(quantite=Decimal("1"), moment="matin")], intervalle_jours=2, jours_semaine=[1, 3]
        ),
    ],
)
AS_NEEDED = PosologieStructuree(
    unite="gélule",
    phases=[Phase(prises=[Prise(quantite=Decimal("1"))])],
    si_besoin=SiBesoin(motif="douleur", intervalle_minimal_heures=Decimal("4"), maximum_par_24h=Decimal("6")),
)
LINES = [
    MedicamentLine(
        position=1,
        denomination="PREDNISONE EXEMPLE 5 mg, comprimé sécable",
        dci="prednisone",
        voie="orale",
        posologie="2 comprimés le matin & ½ à 20 h pendant 5 jours, puis < 1 un jour sur deux",
        cis="60000001",
        cip13="3400930000014",
        posologie_structuree=TAPER,
        duree_jours=20,
        date_debut=date(2026, 11, 24),
        quantite=2,
        renouvellements=1,
        substitution_autorisee=False,
        motif_non_substitution="MTE",
        ald=True,
        commentaire="À prendre au cours du repas",
    ),
    MedicamentLine(
        position=2,
        denomination="PARACÉTAMOL EXEMPLE 500 mg, gélule",
        dci="paracétamol",
        voie="orale",
        posologie="1 gélule si douleur",
        cis="60000002",
        posologie_structuree=AS_NEEDED,
    ),
]
FREE_TEXT = MedicamentLine(
    position=1,
    denomination="Préparation magistrale : vaseline 80 g, acide salicylique 2 g",
    dci="",
    voie="cutanée",
    posologie="1 application le soir sur les plaques",
    cis=None,
    duree_jours=15,
)
DEVICES = [
    DispositifMedicalLine(
        position=1,
        denomination="COUSSIN EXEMPLE anti-escarres, mousse < 8 cm & housse",
        code_lpp="1000001",
        mode="achat",
        quantite=1,
        cote="bilateral",
        taille="40 × 40 cm",
        siege="sacrum",
        precision="Fauteuil roulant manuel",
        renouvellements=0,
        ald=True,
        commentaire="Risque d’escarre élevé",
    ),
    DispositifMedicalLine(
        position=2,
        denomination="LIT MÉDICAL EXEMPLE",
        code_lpp="1000002",
        mode="location",
        quantite=1,
        duree_location_jours=28,
        duree_jours=84,
        date_debut=date(2026, 11, 24),
        renouvellements=2,
    ),
]
BIOLOGY = [
    ActeBiologieLine(
        position=1,
        denomination="INR EXEMPLE",
        code_nabm="0001",
        a_jeun=True,
        urgent=True,
        date_souhaitee=date(2026, 11, 26),
        frequence="une fois par semaine pendant 4 semaines",
        intervalle_jours=7,
        nombre_executions=4,
        contexte_clinique="Traitement par AVK, cible 2 < INR < 3",
        duree_jours=28,
        prevention=True,
        commentaire="Prélèvement au lit",
    ),
    ActeBiologieLine(position=2, denomination="Dosage hors nomenclature", code_nabm=None),
]


def acts(epresc_type: str) -> list[Line]:
    """Two acts of a kind: one that says everything, one that says the least."""
    full = ActeLine(
        epresc_type=epresc_type,
        position=1,
        acte="Bilan puis séances, selon l’évolution",
        code="EX 7,5",
        indication="Troubles de la marche & chutes",
        nombre_seances=10,
        frequence="2 fois par semaine",
        duree_jours=35,
        date_debut=date(2026, 11, 30),
        siege="membres inférieurs",
        a_domicile=True,
        urgent=True,
        renouvellements=1,
        atmp=True,
        non_remboursable=True,
        commentaire="Dans la chambre",
        vu=Vu(
            titre="Bilan puis séances, selon l’évolution",
            textes=("10 séances, 2 fois par semaine", "Dans la chambre"),
            marques=("AT/MP", "Non remboursable"),
            non_controle=True,
        ),
    )
    return [full, ActeLine(epresc_type=epresc_type, position=2, acte="Bilan")]


ACTS = ["acteInfirmier", "acteKinesitherapie", "actePedicurie", "acteOrthophonie", "acteOrthoptie"]
BY_KIND: dict[str, list[Line]] = {
    "medicament": [*LINES],
    "dispositifMedical": [*DEVICES],
    "acteBiologieMedicale": [*BIOLOGY],
    **{kind: acts(kind) for kind in ACTS},
}
"""Lines of each of the eight kinds."""


def eprescription(**changes: Any) -> EPrescription:
    """Two medicines for Jeanne Beaumont, prescribed by a liberal doctor; a new identifier unless one is given."""
    base: dict[str, Any] = {
        "identifiant": GENERATOR.generate(),
        "date_prescription": date(2026, 11, 24),
        "date_fin_validite": date(2027, 2, 24),
        "date_execution_souhaitee": date(2026, 11, 25),
        "patient": PATIENT,
        "prescripteur": Prescripteur(
            rpps=RPPS,
            nom="Martineau",
            prenom="Claire",
            profession="10",
            specialite="SM54",
            nom_complet="Dr Claire Martineau",
            qualite="Médecin, médecine générale",
            telephone="+33241000011",
            courriel="c.martineau@example.fr",
        ),
        "structure": Structure(am=AM),
        "lieu": Lieu(
            finess=TILLEULS,
            nom="Les Tilleuls",
            adresse="12 rue des Lilas",
            code_postal="49000",
            ville="Angers",
        ),
        "pharmacie": Pharmacie(nom="Pharmacie Exemple & Fils", finess="990000309"),
        "lignes": LINES,
        "date_information": date(2026, 11, 1),
        "informe_par": "PATIENT",
        "sous_types": ["MED-1094"],
        "poids": Decimal("58.4"),
        "taille": Decimal("158"),
        "prix_total": Decimal("12.40"),
        "commentaire": "Livraison à l’EHPAD",
    }
    return EPrescription(**(base | changes))


def signed(message: EPrescription, keys: Credentials) -> bytes:
    """The bytes an establishment sends."""
    return sign_enveloped(
        epu.build(message),
        keys.signer,
        signing_time=datetime.now(UTC),
        claimed_role=f"RPPS {message.prescripteur.rpps}",
    )


def context(**changes: Any) -> CallContext:
    """A call of Dr Martineau at Les Tilleuls."""
    base: dict[str, Any] = {
        "message_id": str(uuid.uuid4()),
        "sent_at": datetime.now(UTC),
        "lps": Lps(name="ehpad", version="0.1", idam="SIM0000000001", instance=str(uuid.uuid4())),
        "actor": actor(),
        "finess": TILLEULS,
        "beneficiary": Beneficiary(matricule="2380349007001", key="44", birth_date="19380314"),
    }
    return CallContext(**(base | changes))


def actor(**changes: Any) -> Actor:
    """Dr Martineau, liberal."""
    base: dict[str, Any] = {
        "rpps": RPPS,
        "name": "Claire Martineau",
        "profession": "10",
        "billing_identifier": AM,
        "specialty_amo": "01",
    }
    return Actor(**(base | changes))


def keys_of(pki: Pki, house: str = TILLEULS) -> Credentials:
    """The credentials of a house of the cast."""
    return credentials.load(pki.folder, house)


class CountingServer(Server):
    """Counts the connections it accepts."""

    connections = 0

    def get_request(self) -> tuple[Any, Any]:
        self.connections += 1
        return super().get_request()


@dataclass
class Neighbour:
    """The simulated service in a thread of this process: same wire, its state at hand."""

    service: Service
    server: CountingServer
    pki: Pki
    clients: list[AmoClient] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.server.server_port}"

    def client(self, keys: Credentials | None = None, timeout: float = 5.0) -> AmoClient:
        """A client of Les Tilleuls, closed at the end of the test."""
        made = AmoClient(
            f"{self.origin}/lps",
            ca_file=str(self.pki.folder / "ca.pem"),
            credentials=keys or keys_of(self.pki),
            timeout=timeout,
        )
        self.clients.append(made)
        return made

    def held(self) -> list[str]:
        """The identifiers registered."""
        return [held["identifiant"] for held in self.service.store.eprescriptions()]

    def forget(self) -> None:
        """Close what the test opened; well again, and empty."""
        for client in self.clients:
            client.close()
        self.clients.clear()
        self.service.switch.clear()
        self.service.store.empty()


@contextmanager
def neighbour(pki: Pki, state: Path, **options: Any) -> Iterator[Neighbour]:
    """Run a service in a thread, on a free port."""
    service = Service(Store(state), pki.folder / "ca.pem", **options)
    server = CountingServer(("127.0.0.1", 0), service, pki.folder)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    found = Neighbour(service, server, pki)
    try:
        yield found
    finally:
        found.forget()
        server.closing.set()
        server.shutdown()
        server.server_close()
        service.store._base.close()


def caught(call: Callable[[], object]) -> GatewayError:
    """The error of a call that must fail."""
    with pytest.raises(GatewayError) as failure:
        call()
    return failure.value


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail if the block takes longer."""
    started = clock.monotonic()
    yield
    assert clock.monotonic() - started < seconds
