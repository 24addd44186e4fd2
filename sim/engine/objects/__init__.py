"""The readable walker: one object per beneficiary, household, caseworker and office."""
