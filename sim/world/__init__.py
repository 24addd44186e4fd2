"""The rows and lists of a running department, and the verbs on them."""
