"""Names by which people are called, and the names in their papers."""

from __future__ import annotations

# One line a family of names: who is called by one may be written down by another. A name may stand in several.
_FAMILIES = """
jan johannes johan hans hannes joop jo johnny
johanna jo joke anneke hanna annie
kees cornelis cor cees nelis
cornelia corrie cor nel nellie lia
piet petrus pieter peter pierre
petronella nel nelly petra ella
wim willem guillaume wil bill
wilhelmina wil willy mien mina miep helma
henk hendrik henricus hein harry rik
hendrika hennie riek rika
gerrit gerardus gerard ger geert gerhard
geertruida truus trudy geertje truida gea
maria ria marie mieke mia marijke rietje miep
marinus rinus mari
elisabeth bep betsy els elly lies liesbeth betty lisa
bert albert albertus ab appie lambertus bertus
jacob jacobus jaap sjaak koos ko jacques
jacoba coba koosje co
antonius anton ton toon teun
antonia toos tonny antje
theodorus theo dorus
adrianus adriaan ad arie janus
adriana adri jeanne sjaan
franciscus frans frank sus
francisca cisca francien fransje
joseph josephus jos jozef sjef
leonardus leo leen
martinus martin tinus maarten tiny
nicolaas nico klaas niek
catharina ina toos trijntje tineke rina karin kaatje
margaretha greet gre margriet marga griet gretha
alida ali alie lida
anna anneke annie an anja ans
christiaan chris christianus
christina christine tina stien
dirk diederik durk
egbert bert eg
elizabeth bep els liesbeth
frederik fred frits
gijsbert gijs bert
hubertus huub bert hub
jeroen hieronymus
laurens laurentius lau louw
lodewijk louis loek
matthijs thijs matheus mathieu
michiel michael michel mike
rudolf ruud rolf
sebastiaan bas
stephanus stef steven fanus
alexander alex lex sander xander aleksandr sasha
"""
FAMILIES = tuple(frozenset(line.replace("ij", "y").split()) for line in _FAMILIES.strip().splitlines())


def called(name: str) -> frozenset[str]:
    """The name, folded, and those that go with it."""
    return frozenset({name}).union(*(family for family in FAMILIES if name in family))


def same_by_calling(left: str, right: str) -> bool:
    """Whether one may be the name by which the other is called."""
    return any(left in family and right in family for family in FAMILIES)
