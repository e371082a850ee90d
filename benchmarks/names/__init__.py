"""How good and how fast the matching of names is, beside other matchers, in one run."""
