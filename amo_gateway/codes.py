"""Every code of the gateway in French: what happened, what to do, its source, whether it is sent again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code said in French."""

    sentence: str
    what_to_do: str
    source: str
    retry: bool


_TLSI = "téléservices de l’Assurance Maladie (publié pour les services frères)"
_SIM = "hypothèse de ce logiciel, non publiée par le service réel"
_OURS = "constaté par ce logiciel"

_WAIT = "Rien à faire : l’envoi est repris automatiquement. Continuez à prescrire."
_STOPPED = (
    "L’envoi automatique s’est arrêté : réessayez maintenant ou plus tard, avec le même numéro. "
    "Si l’échec se répète, prévenez votre administrateur, qui contactera l’assistance avec ce code."
)
_CALL = "Prévenez votre administrateur, qui contactera l’assistance avec ce code."
_PAPER = "Remettez l’ordonnance papier : elle reste valable sans code 2D."


def _later(sentence: str, source: str) -> Explanation:
    return Explanation(sentence, _WAIT, source, retry=True)


def _never(sentence: str, what_to_do: str, source: str) -> Explanation:
    return Explanation(sentence, what_to_do, source, retry=False)


EXPLANATIONS: dict[str, Explanation] = {
    # --- The service answered that it is unavailable, or did not answer --------------------------
    "siram_40": _later("Le service de l’Assurance Maladie est momentanément indisponible.", _TLSI),
    "erreur_interne": _later("Ce logiciel a rencontré une erreur pendant l’envoi.", _OURS),
    "timeout": _later("Le service n’a pas répondu dans le délai prévu.", _OURS),
    "connexion": _later("La connexion au service a échoué ou a été coupée.", _OURS),
    "http_5xx": _later("Le service est en panne ou en maintenance.", _OURS),
    "http_408": _later("Le service a attendu trop longtemps la fin du message.", _OURS),
    "http_425": _later("Le service demande de réessayer plus tard.", _OURS),
    "http_429": _later("Le service reçoit trop de messages et demande de patienter.", _OURS),
    "jeton_indisponible": _later("Le proxy Pro Santé Connect ne délivre pas de jeton en ce moment.", _OURS),
    "jeton_refuse": _later(
        "Le jeton d’accès du prescripteur n’est plus accepté : un nouveau va être demandé.", _OURS
    ),
    "tls": Explanation(
        "La liaison sécurisée avec le service n’a pas pu s’établir.",
        "L’envoi est repris automatiquement. Si cela dure, faites vérifier les certificats de l’établissement.",
        _OURS,
        retry=True,
    ),
    # --- Refusals known from the sibling services -------------------------------------------------
    "siram_100": _never("Le service a refusé l’appel de ce logiciel.", _CALL, _TLSI),
    "desir_550": _never(
        "Le numéro d’autorisation de ce logiciel n’est pas reconnu par le service.", _CALL, _TLSI
    ),
    "desir_560": _never(
        "Les droits présentés sont insuffisants, ou le certificat n’est pas celui attendu.",
        "Vérifiez l’établissement choisi et l’identité du prescripteur, puis prévenez votre administrateur.",
        _TLSI,
    ),
    "desir_620": _never(
        "Le certificat du professionnel n’est pas valide.",
        "Vérifiez la date de validité de la carte ou de la e-CPS, puis signez une nouvelle prescription.",
        _TLSI,
    ),
    # --- Business refusals (ours) ---------------------------------------------------------------
    "sim_ep_identifiant_invalide": _never("Le numéro d’e-prescription est mal formé.", _CALL, _SIM),
    "sim_ep_doublon": _never(
        "Ce numéro d’e-prescription est déjà enregistré avec un autre contenu.",
        f"{_CALL} {_PAPER}",
        _SIM,
    ),
    "sim_ep_champ_manquant": _never(
        "Une information obligatoire manque dans l’e-prescription.",
        "Complétez la fiche du résident ou du prescripteur, puis prescrivez à nouveau.",
        _SIM,
    ),
    "sim_ep_message_invalide": _never("L’e-prescription n’est pas conforme au format attendu.", _CALL, _SIM),
    "sim_ep_signature_invalide": _never(
        "La signature électronique n’a pas été acceptée.",
        "Faites vérifier les certificats de signature de l’établissement.",
        _SIM,
    ),
    "sim_ep_enveloppe_invalide": _never("L’enveloppe du message n’est pas conforme.", _CALL, _SIM),
    "sim_ep_patient_inconnu": _never(
        "Le service ne reconnaît pas le patient.",
        f"Vérifiez l’identité INS du résident. {_PAPER}",
        _SIM,
    ),
    "sim_ep_ps_non_autorise": _never(
        "Le prescripteur ou l’établissement n’est pas autorisé pour cette e-prescription.",
        "Vérifiez l’établissement choisi et l’identifiant de facturation du prescripteur.",
        _SIM,
    ),
    "sim_ep_am_ou_finess": _never(
        "Il manque le numéro AM du prescripteur ou le FINESS de l’établissement.",
        "Complétez l’identifiant de facturation dans la fiche du prescripteur.",
        _SIM,
    ),
    "sim_ep_perimetre": _never(
        "Ce type de prescription n’entre pas dans l’e-prescription (imagerie, transport).",
        _PAPER,
        _SIM,
    ),
    "sim_ep_types_melanges": _never(
        "L’e-prescription réunit des lignes de plusieurs types (médicaments, dispositifs, biologie, actes…).",
        f"Prescrivez à nouveau : il faut une e-prescription par type. {_CALL}",
        _SIM,
    ),
    "sim_ep_produit_inconnu": _never(
        "Le service ne connaît pas l’un des produits ou des actes prescrits.",
        "Corrigez la prescription avec une autre présentation, une autre référence ou un autre acte. Sinon, « papier » en fait "
        "une ordonnance sans e-prescription, avec son motif légal.",
        _SIM,
    ),
    "sim_ep_inconnue": _never(
        "Le service ne connaît pas ce numéro d’e-prescription.",
        "Vérifiez le numéro saisi.",
        _SIM,
    ),
    "sim_ep_deja_executee": _never(
        "Cette e-prescription a déjà été délivrée.",
        "Prescrivez à nouveau si le traitement doit continuer.",
        _SIM,
    ),
    "sim_ep_opposition": _never(
        "Le patient s’oppose à la consultation des données de délivrance.",
        "Ces données ne peuvent pas être affichées.",
        _SIM,
    ),
    "sim_ep_expiree": _never(
        "La période de validité de cette e-prescription est dépassée.",
        "Prescrivez à nouveau si le traitement doit continuer.",
        _SIM,
    ),
    # --- Answers that break the contract --------------------------------------------------------
    "reponse_illisible": _never("La réponse du service est incompréhensible.", _CALL, _OURS),
    "reponse_trop_longue": _never(
        "La réponse du service est anormalement longue : elle a été écartée.", _CALL, _OURS
    ),
    "doctype_interdit": _never("La réponse du service contient une construction interdite.", _CALL, _OURS),
    "correlation": _never("La réponse du service ne correspond pas au message envoyé.", _CALL, _OURS),
    "faute_sans_code": _never("Le service a refusé sans dire pourquoi.", _CALL, _OURS),
    "redirection": _never(
        "Le service renvoie vers une autre adresse : elle n’a pas été suivie.", _CALL, _OURS
    ),
    "http_4xx": _never("Le service a refusé la requête.", _CALL, _OURS),
    "jeton_non_delivre": _never(
        "Le proxy Pro Santé Connect refuse de délivrer un jeton à ce prescripteur.",
        "Vérifiez le RPPS du prescripteur et l’établissement choisi, puis prévenez votre administrateur.",
        _OURS,
    ),
    "jeton_illisible": _never("La réponse du proxy Pro Santé Connect est incompréhensible.", _CALL, _OURS),
    "identifiant_different": _never(
        "Le service a renvoyé un autre numéro que celui de l’e-prescription.",
        f"N’utilisez pas le numéro renvoyé. {_CALL}",
        _OURS,
    ),
    "enregistree_malgre_papier": _never(
        "L’Assurance maladie l’a enregistrée alors qu’elle était déjà passée sur papier.",
        "Prévenez la pharmacie : une seule délivrance, celle du papier.",
        _OURS,
    ),
    # --- Before any sending ---------------------------------------------------------------------
    "epu_invalide": _never(
        "L’e-prescription préparée n’est pas conforme au format : elle n’est pas partie.", _CALL, _OURS
    ),
    "adresse_interdite": _never("L’adresse du service n’est pas autorisée : rien n’est parti.", _CALL, _OURS),
    "environnement_inconnu": _never(
        "L’environnement configuré est inconnu : rien n’est parti.", _CALL, _OURS
    ),
    "reference_invalide": _never(
        "La référence des certificats de l’établissement est mal formée.", _CALL, _OURS
    ),
    "certificat_autre_maison": _never(
        "Les certificats déclarés sont ceux d’un autre établissement : rien n’est signé.",
        "Faites corriger la référence des certificats par l’administrateur de la plateforme.",
        _OURS,
    ),
    "cle_absente": _never(
        "Les certificats de l’établissement sont absents : rien n’est signé.", _CALL, _OURS
    ),
    "cle_illisible": _never(
        "Les certificats de l’établissement sont illisibles : rien n’est signé.", _CALL, _OURS
    ),
    "cle_lisible_par_d_autres": _never(
        "La clé de signature est lisible par d’autres comptes de la machine : rien n’est signé.",
        "Réservez la lecture du fichier ou de son dossier au compte du logiciel (droits 0600 ou 0700).",
        _OURS,
    ),
    "cle_non_rsa": _never("La clé de signature n’est pas une clé RSA.", _CALL, _OURS),
    "cle_et_certificat_differents": _never(
        "La clé et le certificat de signature ne vont pas ensemble.", _CALL, _OURS
    ),
    "certificat_expire": _never(
        "Le certificat de signature de l’établissement est expiré : rien n’est signé.",
        "Faites renouveler le certificat de l’établissement.",
        _OURS,
    ),
    "certificat_pas_encore_valide": _never(
        "Le certificat de signature n’est pas encore valide.", _CALL, _OURS
    ),
    "certificat_tls_illisible": _never(
        "Le certificat de connexion de l’établissement est illisible.", _CALL, _OURS
    ),
    "signature_invalide": _never("La signature du document ne correspond pas à son contenu.", _CALL, _OURS),
    "signature_illisible": _never("La signature du document est illisible.", _CALL, _OURS),
    "signature_absente": _never("Le document n’est pas signé comme attendu.", _CALL, _OURS),
    "signature_disposition": _never("La signature contient des parties inattendues.", _CALL, _OURS),
    "signature_partielle": _never("La signature ne couvre pas tout le document.", _CALL, _OURS),
    # --- Traces (ours) --------------------------------------------------------------------------
    "sim_trace_finess": _never(
        "Une trace désigne un autre établissement que celui qui l’envoie.", _CALL, _SIM
    ),
}

_HTTP = re.compile(r"http_([1-5])\d\d\Z")


def explain(code: str, *, stopped: bool = False) -> Explanation:
    """Return the French explanation of `code`, with an honest default when it is unknown.

    `stopped`: nothing is sent again by itself any more, so the advice to wait gives way to what a person does.
    """
    found = _explanation(code)
    return replace(found, what_to_do=_STOPPED) if stopped and found.retry else found


def _explanation(code: str) -> Explanation:
    known = EXPLANATIONS.get(code)
    if known is not None:
        return known
    if found := _HTTP.match(code):
        return EXPLANATIONS["http_5xx" if found[1] == "5" else "http_4xx"]
    return Explanation(
        f"Le service a répondu par un code que ce logiciel ne connaît pas : {code}.",
        f"Communiquez ce code à l’assistance. {_PAPER}",
        "code inconnu de ce logiciel",
        retry=False,
    )
