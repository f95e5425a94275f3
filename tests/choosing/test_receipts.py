"""Receipts and hash trees: what must be provable is, what must not be is not."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.choosing import merkle, receipts
from govgauge.choosing.receipts import Cast, PublishedList, Receipt
from govgauge.choosing.unusable import UnusableChoice
from govgauge.office import vote_receipts

VOTE = "2025-cases"
KEY = b"k" * 32
NONCES = st.binary(min_size=32, max_size=32).map(bytes.hex)
CHOICES = st.lists(st.integers(1, 20).map(str), max_size=4).map(tuple)
ENTRIES = st.lists(st.binary(max_size=6), min_size=1, max_size=40)

RFC_ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
RFC_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Reference roots that implementations of Certificate Transparency test themselves against."""


def plain_root(entries: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, as it is written there."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while 2 * k < len(entries):
        k *= 2
    return sha256(b"\x01" + plain_root(entries[:k]) + plain_root(entries[k:])).digest()


@pytest.mark.parametrize("size", sorted(RFC_ROOTS))
def test_roots_are_the_known_ones(size: int) -> None:
    assert merkle.root(RFC_ENTRIES[:size]).hex() == RFC_ROOTS[size]


@given(st.lists(st.binary(max_size=6), max_size=40))
def test_roots_are_those_of_the_definition(entries: list[bytes]) -> None:
    assert merkle.root(entries) == plain_root(entries)


@given(ENTRIES, st.data())
def test_every_entry_has_a_proof_and_no_other_entry_or_place_passes_with_it(
    entries: list[bytes], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    top, proof = merkle.root(entries), merkle.inclusion(entries, place)
    assert merkle.is_included(entries[place], proof, top)
    assert not merkle.is_included(entries[place] + b"x", proof, top)
    assert not merkle.is_included(entries[place], proof, sha256(b"x").digest())
    assert not merkle.is_included(entries[place], merkle.Inclusion(place, proof.size, (*proof.hashes, b"x" * 32)), top)
    assert not merkle.is_included(entries[place], merkle.Inclusion(proof.size, proof.size, proof.hashes), top)
    if proof.hashes:
        assert not merkle.is_included(entries[place], merkle.Inclusion(place, proof.size, proof.hashes[:-1]), top)


@given(ENTRIES, st.data())
def test_a_list_that_grew_proves_that_its_beginning_stands(entries: list[bytes], data: st.DataObject) -> None:
    before = data.draw(st.integers(1, len(entries)))
    earlier, later = merkle.root(entries[:before]), merkle.root(entries)
    proof = merkle.consistency(entries, before)
    assert merkle.is_consistent(before, earlier, len(entries), later, proof)
    at = data.draw(st.integers(0, before - 1))
    changed = [*entries[:at], entries[at] + b"x", *entries[at + 1 :]]
    rewritten = merkle.consistency(changed, before)
    assert not merkle.is_consistent(before, earlier, len(entries), merkle.root(changed), rewritten)
    assert not merkle.is_consistent(before, earlier, len(entries), later, [*proof, b"x" * 32])


def test_a_proof_beyond_the_list_is_refused() -> None:
    with pytest.raises(IndexError, match="no entry 1"):
        merkle.inclusion([b"a"], 1)
    with pytest.raises(IndexError, match="no beginning"):
        merkle.consistency([b"a"], 2)
    assert not merkle.is_consistent(2, b"", 1, b"", [])
    assert not merkle.is_consistent(3, b"", 4, b"", [])


def test_the_roll_keeps_a_hash_from_which_only_the_right_token_of_the_right_vote_follows() -> None:
    token = receipts.new_token()
    kept = receipts.token_hash(VOTE, token)
    assert token not in kept
    assert receipts.is_token(VOTE, token, kept)
    assert not receipts.is_token("2026-cases", token, kept)
    assert not receipts.is_token(VOTE, receipts.new_token(), kept)
    assert not receipts.is_token(VOTE, "\ud800", kept)
    assert len({receipts.new_token() for _ in range(100)}) == 100


@given(NONCES, CHOICES, CHOICES)
def test_a_commitment_opens_to_its_own_choices_only(
    nonce: str, choices: tuple[str, ...], others: tuple[str, ...]
) -> None:
    commitment = receipts.commit(VOTE, nonce, choices)
    assert receipts.opens(VOTE, nonce, Cast(commitment, choices))
    assert receipts.opens(VOTE, nonce, Cast(commitment, others)) == (choices == others)
    assert not receipts.opens("2026-cases", nonce, Cast(commitment, choices))
    assert receipts.commit(VOTE, receipts.new_nonce(), choices) != commitment


def test_borders_between_choices_cannot_be_moved() -> None:
    nonce = receipts.new_nonce()
    assert receipts.commit(VOTE, nonce, ["12", "3"]) != receipts.commit(VOTE, nonce, ["1", "23"])
    for vote, choices in ((VOTE, ["1,2"]), (VOTE, ["1\n2"]), (VOTE, [""]), (f"{VOTE}\n1", ["2"])):
        with pytest.raises(UnusableChoice, match="逗号"):
            receipts.commit(vote, nonce, choices)


@given(st.sets(st.integers(1, 2000), max_size=5), NONCES)
def test_a_commitment_is_that_which_the_page_of_the_vote_makes(cases: set[int], nonce: str) -> None:
    choices = [str(case) for case in sorted(cases)]
    made = vote_receipts.commitment(VOTE, cases, nonce)
    assert receipts.commit(VOTE, nonce, choices) == made
    assert receipts.opens(VOTE, nonce, Cast(made, tuple(choices)))


@given(st.sets(st.integers(0, 10**6), max_size=9))
def test_the_root_is_that_which_the_page_of_the_vote_publishes(numbers: set[int]) -> None:
    listed = [sha256(str(number).encode()).hexdigest() for number in numbers]
    assert PublishedList(listed).root == vote_receipts.root(listed)


@given(st.lists(CHOICES, min_size=1, max_size=20))
def test_every_voter_can_prove_to_be_counted_with_the_receipt_alone(ballots: list[tuple[str, ...]]) -> None:
    box = [Cast(receipts.commit(VOTE, receipts.new_nonce(), choices), choices) for choices in ballots]
    given_out = [receipts.receipt(VOTE, cast.commitment, KEY) for cast in box]
    listed = PublishedList(cast.commitment for cast in box)
    shorter = PublishedList(listed.commitments[1:])
    for shown in given_out:
        found = listed.proof(shown.commitment)
        assert found is not None
        assert receipts.is_counted(shown, found, listed.root)
        assert receipts.is_ours(shown, KEY)
        assert not receipts.is_counted(shown, found, shorter.root)
    exchanged = [*listed.commitments[1:], receipts.commit(VOTE, receipts.new_nonce(), ())]
    assert PublishedList(exchanged).root != listed.root


def test_places_in_a_published_batch_tell_nothing_of_the_order_of_voting() -> None:
    cast = [receipts.commit(VOTE, receipts.new_nonce(), ["甲"]) for _ in range(9)]
    assert PublishedList(cast).commitments == PublishedList(reversed(cast)).commitments


def test_a_list_published_in_batches_proves_that_earlier_batches_stand() -> None:
    cast = [receipts.commit(VOTE, receipts.new_nonce(), ["甲"]) for _ in range(9)]
    first, both = PublishedList(cast[:4]), PublishedList(cast[:4], cast[4:])
    proof = both.continues(4)
    assert merkle.is_consistent(4, bytes.fromhex(first.root), 9, bytes.fromhex(both.root), proof)
    without = PublishedList(cast[1:4], cast[4:])
    assert not merkle.is_consistent(4, bytes.fromhex(first.root), 8, bytes.fromhex(without.root), without.continues(4))


def test_a_receipt_for_a_ballot_that_was_never_cast_is_found_out() -> None:
    made_up = receipts.commit(VOTE, receipts.new_nonce(), ["甲"])
    listed = PublishedList([receipts.commit(VOTE, receipts.new_nonce(), ["乙"])])
    assert listed.proof(made_up) is None
    assert not receipts.is_ours(Receipt(VOTE, made_up, "0" * 64), KEY)
    honest = receipts.receipt(VOTE, made_up, KEY)
    assert not receipts.is_ours(Receipt("2026-cases", made_up, honest.seal), KEY)
    assert not receipts.is_counted(Receipt(VOTE, "xyz", ""), merkle.Inclusion(0, 1, ()), listed.root)
    assert not receipts.is_counted(honest, merkle.Inclusion(0, 1, ()), "no root")


@given(st.lists(CHOICES, min_size=1, max_size=8))
def test_the_digest_of_the_box_changes_with_every_choice_and_not_with_the_order(ballots: list[tuple[str, ...]]) -> None:
    box = [Cast(receipts.commit(VOTE, f"{at:064x}", choices), choices) for at, choices in enumerate(ballots)]
    salt = receipts.new_nonce()
    digest = receipts.box_digest(VOTE, box, salt)
    assert receipts.box_digest(VOTE, box[::-1], salt) == digest
    assert receipts.box_digest(VOTE, box[1:], salt) != digest
    assert receipts.box_digest(VOTE, [Cast(box[0].commitment, (*box[0].choices, "甲")), *box[1:]], salt) != digest
    assert receipts.box_digest(VOTE, box, receipts.new_nonce()) != digest


@pytest.mark.parametrize("text", ["", "00", "G" * 64, "AB" * 32, "ab" * 33, "ab" * 16 + "\n"])
def test_what_is_no_nonce_or_commitment_is_refused(text: str) -> None:
    with pytest.raises(UnusableChoice, match="32 至 64"):
        receipts.commit(VOTE, text, ["甲"])
    with pytest.raises(UnusableChoice, match="64"):
        PublishedList([text])


def test_a_commitment_that_occurs_twice_and_a_short_key_are_refused() -> None:
    with pytest.raises(UnusableChoice, match="两次"):
        PublishedList(["ab" * 32], ["ab" * 32])
    with pytest.raises(UnusableChoice, match="至少 32 字节"):
        receipts.receipt(VOTE, "ab" * 32, b"short")
