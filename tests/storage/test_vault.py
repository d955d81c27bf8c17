"""What is sealed opens at its own place and with its own key, and nowhere else."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import vault
from storage.vault import STEP, CannotOpen, Vault

KEY, OTHER = bytes(range(32)), bytes(reversed(range(32)))
ONE, TWO = Vault("a master key of thirty-two characters"), Vault("another master key, as long as the first")


@given(plain=st.binary(max_size=300), place=st.text(max_size=20))
def test_what_is_sealed_opens_as_it_was(plain: bytes, place: str) -> None:
    assert ONE.open(ONE.seal(plain, place), place) == plain
    assert vault.unseal(KEY, vault.seal(KEY, plain, place), place).rstrip(b" ") == plain.rstrip(b" ")


@given(
    plain=st.binary(max_size=100), places=st.lists(st.text(max_size=20), min_size=2, max_size=2, unique=True)
)
def test_it_opens_at_its_place_only(plain: bytes, places: list[str]) -> None:
    here, elsewhere = places
    with pytest.raises(CannotOpen):
        ONE.open(ONE.seal(plain, here), elsewhere)
    with pytest.raises(CannotOpen):
        vault.unseal(KEY, vault.seal(KEY, plain, here), elsewhere)


@given(plain=st.binary(max_size=100))
def test_it_opens_with_its_key_only(plain: bytes) -> None:
    with pytest.raises(CannotOpen):
        TWO.open(ONE.seal(plain, "here"), "here")
    with pytest.raises(CannotOpen):
        vault.unseal(OTHER, vault.seal(KEY, plain, "here"), "here")


@given(plain=st.binary(max_size=100), where=st.integers(0), flip=st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(plain: bytes, where: int, flip: int) -> None:
    head, _, body = vault.seal(KEY, plain, "here").rpartition(".")
    raw = bytearray(b64decode(body))
    raw[where % len(raw)] ^= flip
    with pytest.raises(CannotOpen):
        vault.unseal(KEY, f"{head}.{b64encode(raw).decode()}", "here")


@given(st.text(max_size=80))
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    with pytest.raises(CannotOpen):
        ONE.open(text, "here")
    with pytest.raises(CannotOpen):
        vault.unseal(KEY, text, "here")


@given(st.integers(1, 3 * STEP), st.integers(1, 3 * STEP))
def test_lengths_grow_in_steps(one: int, two: int) -> None:
    are_alike = (one - 1) // STEP == (two - 1) // STEP
    sealed = [len(vault.seal(KEY, b"x" * length, "here")) for length in (one, two)]
    assert (sealed[0] == sealed[1]) is are_alike


def test_the_same_twice_is_sealed_differently() -> None:
    assert vault.seal(KEY, b"the same", "here") != vault.seal(KEY, b"the same", "here")


def test_a_sealed_text_names_its_version_and_key() -> None:
    assert ONE.seal(b"x", "here").split(".")[:2] == ["1", ONE.key_id]
    assert len(ONE.key_id) == 16
    assert ONE.key_id != TWO.key_id
    assert vault.seal(KEY, b"x", "here").startswith("1.")
