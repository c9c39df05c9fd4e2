from tests.world import Cast, a_case, a_signal, invited


def test_a_case_from_two_signals(cast: Cast) -> None:
    s1 = a_signal(cast.pieter, cast.overlast)
    s2 = a_signal(cast.wilma, cast.overlast)
    case = a_case(cast.rosa, s1, s2)
    invited(case, cast.rosa, cast.pieter, cast.wilma, cast.petra)
