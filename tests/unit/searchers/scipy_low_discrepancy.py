"""Points of scipy's unscrambled sequences, and its discrepancies of the designs that it is given."""
import json
import sys

from scipy.stats import qmc

designs = json.load(sys.stdin)
print(json.dumps({
    "sobol": qmc.Sobol(300, scramble=False, bits=32).random(256).tolist(),
    "halton": qmc.Halton(300, scramble=False).random(256).tolist(),
    "discrepancy": {name: qmc.discrepancy(points) for name, points in designs.items()},
}))
