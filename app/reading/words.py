"""Words that several rules of reading look for, in lower case, by what they do in a sentence."""

IS = frozenset("was is were are been be".split())
"""To be somewhere, and what a passive stands with."""
TO_PLACE = frozenset("to in into at via through near inside across for towards on".split())
"""Behind these stands where somebody goes or is."""
FOLLOWS = frozenset("had has was is did does will would never not came went said told".split())
"""What begins that which a sentence says of somebody or of a visit."""
SEES = frozenset(
    "put puts place places placed fetched collected saw spotted sighted photographed filmed traced "
    "tracked located".split()
)
HOSTS = frozenset(
    "let lets expects awaits hosted hosting host hosts received receiving receive welcomed".split()
)
DETAINS = frozenset("detained arrested held seized questioned greeted deported expelled".split())
INVITES = frozenset(("invited", "invites"))
OBJECTS = SEES | DETAINS | INVITES
"""Verbs whose object is the traveller."""
FINITE = frozenset(
    "was were is are had has have did does will would met came went flew landed entered".split()
)
PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we"))
FARTHEST = 26  # words of a speaker
HAS = frozenset("has have had sees regards put called calls answered".split())
PAPERS = frozenset("letter statement note document readout communique filing".split())
GOVERNS = frozenset(
    "government ministry authority presidency cabinet foreign minister authorities officials "
    "official embassy parliament police army military side office department administration "
    "regime".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
