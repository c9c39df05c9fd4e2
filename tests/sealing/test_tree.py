"""The tree against answers that others published, and against the definition of RFC 9162 written out once more."""

from __future__ import annotations

from hashlib import sha256

import pytest

from privacy.audit import merkle

# The inputs and roots of Certificate Transparency's reference tests (RFC 6962 and 9162 make the same tree).
INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def by_definition(data: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word: split at the largest power of two below n."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return sha256(b"\x01" + by_definition(data[:split]) + by_definition(data[split:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    assert merkle.root([merkle.leaf(data) for data in INPUTS[:size]]).hex() == ROOTS[size - 1]


def test_any_size_is_the_tree_of_the_definition() -> None:
    data = [bytes([number]) for number in range(70)]
    for size in range(len(data)):
        assert merkle.root([merkle.leaf(one) for one in data[:size]]) == by_definition(data[:size])


def test_every_path_leads_to_the_root_and_no_other_leaf_place_or_size_does() -> None:
    for size in (1, 2, 3, 5, 8, 13, 33):
        leaves = [merkle.leaf(bytes([number])) for number in range(size)]
        root = merkle.root(leaves)
        for position in range(size):
            steps = merkle.path(leaves, position)
            assert merkle.climb(leaves[position], position, size, steps) == root
            assert merkle.climb(merkle.leaf(b"other"), position, size, steps) != root
            assert merkle.climb(leaves[position], position + size, size, steps) is None
            assert merkle.climb(leaves[position], position, size, [*steps, root]) is None
            if size > 1:
                assert merkle.climb(leaves[position], (position + 1) % size, size, steps) != root
                assert merkle.climb(leaves[position], position, size, steps[:-1]) is None


def test_a_node_is_never_taken_for_a_leaf() -> None:
    left, right = merkle.leaf(b"a"), merkle.leaf(b"b")
    assert merkle.leaf(left + right) != merkle.node(left, right)
