"""The same small office in this product, in C and in the libraries that others would take."""
