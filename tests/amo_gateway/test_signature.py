"""The signature: two independent verifiers accept it, and no change of anything signed escapes either of them."""

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from amo_gateway import credentials, envelope, epu
from amo_gateway.credentials import Credentials
from amo_gateway.envelope import SIM
from amo_gateway.errors import GatewayError, ProtocolError, SigningUnavailable
from amo_gateway.signing import SoftwareSigner, sign_enveloped, xades
from amo_gateway.signing.verify import InvalidSignature, verify
from amo_gateway.signing.xades import DS, XADES
from amo_gateway.simulator.checks import _SIGNED
from tests.amo_gateway.samples import BY_KIND, context, eprescription, signed
from tests.cast import LOIRE, TILLEULS
from tests.stack import Pki

LIBXMLSEC: Any = xmlsec  # its published types are behind its code
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
# Outside the signed parts: libxmlsec1 does not look at them, our verifier pins them.
NOT_SIGNED = {f"{{{DS}}}Signature@Id", f"{{{XADES}}}QualifyingProperties@Target"}


@pytest.fixture(scope="module")
def document(keys: Credentials) -> bytes:
    return signed(eprescription(), keys)


@pytest.fixture(scope="module")
def ca(pki: Pki) -> Path:
    return pki.folder / "ca.pem"


def ours(xml: bytes, ca: Path) -> bool:
    """Whether our verifier (signxml and a fixed layout) accepts."""
    try:
        verify(xml, ca)
    except (InvalidSignature, ProtocolError):
        return False
    return True


def theirs(xml: bytes, ca: Path) -> bool:
    """Whether libxmlsec1 accepts, the certificate of KeyInfo chained to `ca`."""
    root = etree.fromstring(xml)
    LIBXMLSEC.tree.add_ids(root, ["Id"])
    manager = LIBXMLSEC.KeysManager()
    manager.load_cert(str(ca), LIBXMLSEC.KeyFormat.PEM, LIBXMLSEC.KeyDataType.TRUSTED)
    node = root.find(f".//{{{DS}}}Signature")
    try:
        LIBXMLSEC.SignatureContext(manager).verify(node)
    except (LIBXMLSEC.Error, TypeError):  # TypeError: no signature at all
        return False
    return True


def test_both_verifiers_accept(document: bytes, ca: Path):
    assert ours(document, ca)
    assert theirs(document, ca)


def test_what_was_signed_is_told(document: bytes, ca: Path, keys: Credentials):
    found = verify(document, ca)
    assert found.certificate == keys.signer.certificate
    assert found.claimed_role == "RPPS 99900123458"
    assert found.signed_xml.find(f"{{{DS}}}Signature") is None
    assert etree.tostring(found.signed_xml, method="c14n", exclusive=True) == epu_of(document)


def epu_of(document: bytes) -> bytes:
    """The document without its signature."""
    head, _, rest = document.partition(b"<ds:Signature ")
    return head + rest.partition(b"</ds:Signature>")[2]


def test_both_accept_once_extracted_from_the_soap_envelope(document: bytes, ca: Path):
    sent = envelope.register(document, context(), "0" * 18, "CN=éditeur & <fils>")
    body = etree.fromstring(sent).find(f".//{{{SIM}}}EPrescription")
    assert body is not None
    again = etree.tostring(body)  # serialised by a parser: other bytes, namespaces inherited from SOAP
    assert ours(again, ca)
    assert theirs(again, ca)
    spliced = _SIGNED.search(sent)
    assert spliced is not None
    assert spliced.group(0) == document


def test_libxmlsec1_accepts_inside_the_envelope(document: bytes, ca: Path):
    assert theirs(envelope.register(document, context(), "0" * 18, "CN=x"), ca)


def changes(document: bytes, within: str = "") -> Iterator[tuple[str, bytes]]:
    """The document with one text or one attribute changed, for each of those in it, or `within` an element of it."""
    root = etree.fromstring(document)
    part = root.find(f"{{{SIM}}}{within}") if within else root
    assert part is not None
    inside = set(part.iter())
    for rank, element in enumerate(root.iter()):
        if element not in inside:
            continue
        where = element.getroottree().getpath(element)
        for name in element.attrib:
            yield f"{element.tag}@{name!s}", _changed(document, rank, _attribute(str(name)))
        if element.text:
            yield f"{where} texte", _changed(document, rank, _text)


def _changed(document: bytes, rank: int, change: Callable[[etree._Element], None]) -> bytes:
    root = etree.fromstring(document)
    change(list(root.iter())[rank])
    return etree.tostring(root)


def _attribute(name: str) -> Callable[[etree._Element], None]:
    return lambda element: element.set(name, _other(element.attrib[name]))


def _text(element: etree._Element) -> None:
    element.text = _other(element.text or "")


def _other(value: str | bytes) -> str:
    """One character of difference, in the middle: base64 stays base64, digits stay digits."""
    text = str(value)
    middle = len(text) // 2
    return text[:middle] + ("1" if text[middle] != "1" else "2") + text[middle + 1 :]


def test_any_text_or_attribute_changed_breaks_it_for_both(document: bytes, ca: Path):
    tried = list(changes(document))
    assert len(tried) >= 110
    assert [where for where, changed in tried if ours(changed, ca)] == []
    assert {where for where, changed in tried if theirs(changed, ca)} == NOT_SIGNED


@pytest.mark.parametrize("kind", BY_KIND)
def test_any_change_of_a_line_of_any_kind_breaks_it_for_both(kind: str, keys: Credentials, ca: Path):
    document = signed(eprescription(lignes=BY_KIND[kind]), keys)
    assert ours(document, ca)
    assert theirs(document, ca)
    tried = list(changes(document, within="lignes"))
    assert len(tried) >= 20
    assert [where for where, changed in tried if ours(changed, ca) or theirs(changed, ca)] == []


def test_text_added_anywhere_breaks_it(document: bytes, ca: Path):
    def after(element: etree._Element) -> None:
        element.tail = f"{element.tail or ''}x"

    def inside(element: etree._Element) -> None:
        element.text = f"{element.text or ''}x"

    count = len(list(etree.fromstring(document).iter()))
    survivors = [
        (rank, change.__name__)
        for rank in range(1, count)
        for change in (after, inside)
        if ours(_changed(document, rank, change), ca)
    ]
    assert survivors == []


def test_any_element_removed_breaks_it(document: bytes, ca: Path):
    def remove(element: etree._Element) -> None:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    count = len(list(etree.fromstring(document).iter()))
    assert [rank for rank in range(1, count) if ours(_changed(document, rank, remove), ca)] == []


def _signature_of(root: etree._Element) -> etree._Element:
    found = root.find(f"{{{DS}}}Signature")
    assert found is not None
    return found


def _moved_first(root: etree._Element) -> etree._Element:
    root.insert(0, _signature_of(root))
    return root


def _moved_deeper(root: etree._Element) -> etree._Element:
    root[0].append(_signature_of(root))
    return root


def _duplicated(root: etree._Element) -> etree._Element:
    root.append(deepcopy(_signature_of(root)))
    return root


def _removed(root: etree._Element) -> etree._Element:
    root.remove(_signature_of(root))
    return root


def _other_root(root: etree._Element) -> etree._Element:
    """Classic wrapping: the honest document inside another, whose own root is what a careless reader takes."""
    evil = deepcopy(root)
    evil.remove(_signature_of(evil))
    evil.set("Id", "evil")
    evil.append(root)
    return evil


def _honest_in_object(root: etree._Element) -> etree._Element:
    """The honest document hidden in the signature, which covers it by its Id; the root says something else."""
    evil = deepcopy(root)
    honest = deepcopy(root)
    honest.remove(_signature_of(honest))
    evil.set("Id", "evil")
    etree.SubElement(_signature_of(evil), f"{{{DS}}}Object").append(honest)
    return evil


def _same_id_twice(root: etree._Element) -> etree._Element:
    evil = deepcopy(root)
    evil.remove(_signature_of(evil))
    evil[0].append(deepcopy(root))
    evil.append(_signature_of(root))
    return evil


def _unsigned_properties(root: etree._Element) -> etree._Element:
    holder = root.find(f".//{{{XADES}}}QualifyingProperties")
    assert holder is not None
    etree.SubElement(holder, f"{{{XADES}}}UnsignedProperties")
    return root


def _second_object(root: etree._Element) -> etree._Element:
    etree.SubElement(_signature_of(root), f"{{{DS}}}Object")
    return root


@pytest.mark.parametrize(
    "attack",
    [
        _moved_first, _moved_deeper, _duplicated, _removed, _other_root, _honest_in_object, _same_id_twice,
        _unsigned_properties, _second_object,
    ],
)  # fmt: skip
def test_wrapping_is_refused(attack: Callable[[etree._Element], etree._Element], document: bytes, ca: Path):
    changed = etree.tostring(attack(etree.fromstring(document)))
    with pytest.raises(InvalidSignature):
        verify(changed, ca)


PART = f'<part xmlns="{SIM}" Id="part">vrai</part>'
PARTIAL: dict[str, Callable[[str, bytes], str]] = {
    "a part only": lambda root_id, epu: xades._reference("part", PART),
    "without the enveloped step": lambda root_id, epu: xades._reference(root_id, epu.decode()),
}


@pytest.mark.parametrize("reference", PARTIAL)
def test_a_true_signature_over_less_than_the_whole_is_refused(
    reference: str, keys: Credentials, ca: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(xades, "_document_reference", PARTIAL[reference])
    document = f'<EPrescription xmlns="{SIM}" Id="epu-0">{PART}<faux></faux></EPrescription>'.encode()
    partial = sign_enveloped(document, keys.signer, signing_time=AT, claimed_role="x")
    with pytest.raises(InvalidSignature) as caught:
        verify(partial, ca)
    if reference == "a part only":
        assert theirs(partial, ca)  # an honest signature: only the reader can know that it says too little
        assert caught.value.code == "signature_partielle"


def test_a_second_signature_over_the_first_is_refused(document: bytes, keys: Credentials):
    with pytest.raises(ValueError, match="déjà signé"):
        sign_enveloped(document, keys.signer, signing_time=AT, claimed_role="x")


def test_a_document_without_id_is_not_signed(keys: Credentials):
    with pytest.raises(ValueError, match="attribut Id"):
        sign_enveloped(b"<a></a>", keys.signer, signing_time=AT, claimed_role="x")


def test_a_patient_called_like_an_attack_is_signed_as_a_name(keys: Credentials, ca: Path):
    for name in (f'<ds:Signature xmlns:ds="{DS}"', ' Id="evil"', "]]></ds:Signature>"):
        document = signed(eprescription(commentaire=name), keys)
        assert ours(document, ca)
        assert theirs(document, ca)


def test_a_comment_cannot_cut_a_text_short(document: bytes, ca: Path):
    """Canonical XML drops comments: what was signed is read without them, and the name stays whole."""
    commented = document.replace(b"Beaumont", b"Beau<!-- -->mont")
    assert commented != document
    assert verify(commented, ca).signed_xml.findtext(f".//{{{SIM}}}nomFamille") == "Beaumont"


def test_a_doctype_and_rubbish_are_refused(document: bytes, ca: Path):
    for xml in (b"<!DOCTYPE a>" + document, b"", b"<a/>", document[:-20], b"\xff\xfe\x00"):
        with pytest.raises(GatewayError):
            verify(xml, ca)


def test_another_authority_is_refused_by_both(document: bytes, tmp_path: Path):
    other = Pki.make(tmp_path / "pki").folder / "ca.pem"
    with pytest.raises(InvalidSignature):
        verify(document, other)
    assert not theirs(document, other)


def certificate(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, start: datetime, end: datetime
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Signature")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, start, end)
    return builder.sign(key, hashes.SHA256())


@pytest.mark.parametrize(
    ("starts", "ends", "code"), [(-20, -10, "certificat_expire"), (10, 20, "certificat_pas_encore_valide")]
)
def test_a_certificate_outside_its_dates_signs_nothing(starts: int, ends: int, code: str, keys: Credentials):
    key = rsa.generate_private_key(65537, 2048)
    now = datetime.now(UTC)
    made = certificate(key, now + timedelta(days=starts), now + timedelta(days=ends))
    with pytest.raises(SigningUnavailable) as caught:
        sign_enveloped(
            epu.build(eprescription()), SoftwareSigner(key, made), signing_time=AT, claimed_role="x"
        )
    assert caught.value.code == code


@pytest.fixture
def folder(pki: Pki, tmp_path: Path) -> Path:
    """A copy of the keys of Les Tilleuls, to spoil; `house` is private, like the original."""
    house = tmp_path / "house"
    house.mkdir(mode=0o700)
    for file in (pki.folder / TILLEULS).iterdir():
        _write(house / file.name, file.read_bytes())
    return house


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    path.write_bytes(content)
    path.chmod(mode)


def code_of(folder: Path) -> str:
    with pytest.raises(SigningUnavailable) as caught:
        credentials.load(folder.parent, folder.name)
    return caught.value.code


@pytest.mark.parametrize("name", ["sign.key", "tls.key"])
def test_a_key_readable_by_others_is_refused(folder: Path, name: str):
    (folder / name).chmod(0o640)
    folder.chmod(0o755)
    assert code_of(folder) == "cle_lisible_par_d_autres"
    folder.chmod(0o700)  # nobody else enters: the file itself may be as a secret store mounts it
    assert credentials.load(folder.parent, folder.name).reference == "house"


@pytest.mark.parametrize("name", ["sign.key", "sign.pem", "tls.key", "tls.pem"])
def test_a_missing_file_is_said(folder: Path, name: str):
    (folder / name).unlink()
    assert code_of(folder) == "cle_absente"


@pytest.mark.parametrize("name", ["sign.key", "sign.pem"])
def test_an_unreadable_file_is_said(folder: Path, name: str):
    _write(folder / name, b"-----BEGIN rubbish-----")
    assert code_of(folder) == "cle_illisible"


def test_a_key_and_a_certificate_of_two_houses_are_refused(folder: Path, pki: Pki):
    _write(folder / "sign.pem", (pki.folder / LOIRE / "sign.pem").read_bytes())
    assert code_of(folder) == "cle_et_certificat_differents"


def test_an_elliptic_key_is_refused(folder: Path):
    key = ec.generate_private_key(ec.SECP256R1())
    pem, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    now = datetime.now(UTC)
    _write(folder / "sign.key", key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear))
    _write(folder / "sign.pem", certificate(key, now, now + timedelta(days=1)).public_bytes(pem))
    assert code_of(folder) == "cle_non_rsa"


@pytest.mark.parametrize("reference", ["", "..", "../x", "a/b", ".hidden", "é", "a\n", "a" * 65])
def test_a_reference_never_leaves_its_folder(pki: Pki, reference: str):
    with pytest.raises(SigningUnavailable) as caught:
        credentials.load(pki.folder, reference)
    assert caught.value.code == "reference_invalide"


def test_renewed_keys_are_read_without_restart(folder: Path, pki: Pki):
    before = credentials.load(folder.parent, folder.name)
    assert credentials.load(folder.parent, folder.name) is before
    for name in ("sign.key", "sign.pem"):
        _write(folder / name, (pki.folder / LOIRE / name).read_bytes())
        os.utime(folder / name, ns=(1, 1))
    assert credentials.load(folder.parent, folder.name).signer.certificate != before.signer.certificate
