"""Who acts, one object each: beneficiaries, households, caseworkers and offices.

Every file is one subject of a life or of an office and builds on the one before it. A person:
``person`` (what one adult is), ``propensities`` (what is likely), ``support`` (where the adult
stands with the offices), ``occupations`` (jobs), ``contacts`` (what meetings bring), and
``beneficiary`` (what can happen to it). A household: ``resources``, ``rights``, ``household``.
An office: ``staff``, ``intake``, ``office``.
"""
