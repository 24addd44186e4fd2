"""Tables that a person brings (CSV, pasted text, .xlsx), read in one way by command line and app.

``pages`` opens a file, ``heads`` finds the table in it, ``checking`` gives its values with every
fault and remark; ``rows`` is the whole way for a path of the command line.
"""
