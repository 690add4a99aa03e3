"""last_accuracy.py METRICS LEAST: fails unless a run's last evaluation has reached the accuracy LEAST."""

import json
import sys

metrics, least = sys.argv[1], float(sys.argv[2])
with open(metrics) as lines:
    accuracies = [entry["test_accuracy"] for entry in map(json.loads, lines) if "test_accuracy" in entry]
if not accuracies:
    sys.exit(f"{metrics}: expected an evaluation, found none")
print(f"test accuracy {accuracies[-1]:.2%}, at least {least:.2%} expected")
sys.exit(accuracies[-1] < least)
