"""A department's own series: reading what it really has, refusing anything about persons."""
