"""``python -m calibration.labour_market``: estimate, measure the model, write the findings.

``--kept`` takes the model's response as it was measured (half a minute less).
"""

from __future__ import annotations

import sys

from calibration.labour_market.findings import FINDINGS, findings, kept_response, text_of
from calibration.labour_market.response import measured
from sim.files import write_atomically

if __name__ == "__main__":
    response = kept_response() if "--kept" in sys.argv[1:] else measured()
    write_atomically(FINDINGS, text_of(findings(response)).encode("ascii"))
