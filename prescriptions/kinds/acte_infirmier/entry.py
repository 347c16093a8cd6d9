"""Nursing acts: the usual ones of a nursing home, in families of CSP R4311-5 and R4311-7.

Which words of the NGAP price them is the nurse's work: the prescription says the act, how often and how long (B70).
"""

from prescriptions.kinds.acts.catalogue import Act, Catalogue, Need
from prescriptions.kinds.acts.entry import act_entry
from prescriptions.kinds.charges import Charge
from prescriptions.kinds.codes import Kind
from prescriptions.kinds.entry import DocumentCode

_SITE = frozenset({Need.SITE})
_PRODUCT = frozenset({Need.PRODUCT})
_BOTH = frozenset({Need.SITE, Need.PRODUCT})

CATALOGUE = Catalogue(
    kind=Kind.ACTE_INFIRMIER,
    heading="Soins infirmiers",
    placeholder="Ajouter un soin infirmier : pansement, injection, glycémie…",
    session="passage",
    charge=Charge.SOINS_INFIRMIERS,
    rule="B70",
    source="CSP R4311-7 : prescription écrite, qualitative et quantitative, datée et signée",
    document=DocumentCode("PRESC-INF", "Prescription d'actes infirmiers"),
    words="ide infirmier infirmière soins idel",
    always=frozenset({Need.FREQUENCY}),
    acts=(
        Act("pansement-simple", "Pansement simple", "plaie suture agrafes ablation", _SITE),
        Act(
            "pansement-complexe",
            "Pansement lourd et complexe",
            "escarre ulcère détersion méchage brûlure",
            _BOTH,
        ),
        Act("pression-negative", "Pansement par pression négative", "tpn vac", _SITE),
        Act("ablation-fils", "Ablation de fils ou d’agrafes", "suture", _SITE),
        Act("injection-sc", "Injection sous-cutanée", "piqûre sc hbpm héparine anticoagulant", _PRODUCT),
        Act("injection-im", "Injection intramusculaire", "piqûre im vaccin", _PRODUCT),
        Act("injection-iv", "Injection intraveineuse", "piqûre iv", _PRODUCT),
        Act(
            "insuline",
            "Injection d’insuline avec surveillance de la glycémie",
            "diabète glycémie capillaire",
            _PRODUCT,
        ),
        Act("glycemie", "Surveillance de la glycémie capillaire", "dextro diabète hgt"),
        Act("perfusion-sc", "Perfusion sous-cutanée", "hypodermoclyse hydratation", _PRODUCT),
        Act("perfusion-iv", "Perfusion intraveineuse", "voie veineuse", _PRODUCT),
        Act("midline", "Soins de cathéter central ou de chambre implantable", "picc midline voie centrale"),
        Act("prelevement", "Prélèvement de sang veineux", "prise de sang bilan"),
        Act("ecbu", "Prélèvement d’urines, sondage compris si nécessaire", "ecbu"),
        Act("sonde-urinaire", "Pose ou changement de sonde urinaire", "sondage vésical sad"),
        Act("sonde-soins", "Surveillance et soins de sonde urinaire", "sad"),
        Act("stomie", "Soins de stomie", "colostomie iléostomie urostomie", _SITE),
        Act(
            "gastrostomie",
            "Alimentation et soins par sonde de gastrostomie",
            "gpe nutrition entérale",
            _PRODUCT,
        ),
        Act("aspiration", "Aspiration des voies aériennes", "encombrement trachéotomie"),
        Act("aerosol", "Aérosol", "nébulisation", _PRODUCT),
        Act("oxygene", "Surveillance d’une oxygénothérapie", "o2 saturation"),
        Act(
            "constantes",
            "Surveillance des constantes",
            "tension pouls température saturation poids",
            frozenset(),
        ),
        Act(
            "medicaments",
            "Préparation, distribution et surveillance de la prise des médicaments",
            "pilulier aide à la prise",
        ),
        Act("bandage", "Pose de bandage ou de contention veineuse", "bas bandes compression", _SITE),
        Act("lavement", "Lavement évacuateur ou extraction de fécalome", "constipation"),
        Act("toilette", "Soins d’hygiène et de prévention par infirmier", "nursing bsi escarre"),
        Act("dialyse", "Dialyse péritonéale", "dpca dialyse", frozenset(), Charge.HORS_TARIF_SOINS),
    ),
)

ENTRY = act_entry(CATALOGUE)
