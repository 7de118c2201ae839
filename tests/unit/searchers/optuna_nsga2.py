"""Fronts of ZDT1 that Optuna's NSGA-II finds: for each seed the values of all trials; null where Optuna is absent."""
import json
import sys
import warnings

task = json.load(sys.stdin)
try:
    import optuna
except ImportError:
    print("null")
    sys.exit()

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def zdt1(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(task["dimensions"])]
    g = 1 + 9 * sum(x[1:]) / (len(x) - 1)
    return x[0], g * (1 - (x[0] / g) ** 0.5)


fronts = []
for seed in task["seeds"]:
    study = optuna.create_study(directions=["minimize", "minimize"], sampler=optuna.samplers.NSGAIISampler(seed=seed))
    study.optimize(zdt1, n_trials=task["trials"])
    fronts.append([trial.values for trial in study.trials])
print(json.dumps(fronts))
