#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""HiGHS and CBC on a problem of the consortium builder, for consortium.py.

    consortium_peers.py highs|cbc SECONDS FILE

The model is the usual linearisation: x_i whether i is a member, y_ij <= x_i, x_j for a tie, z_c <= members of c for a
country. SECONDS are of processor time of the solver, one thread. Prints "STATUS VALUE BOUND SECONDS".
"""
import collections
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

import consortium_data

INFINITE = float("inf")


def rows_of(problem):
    """Objective by column, whether columns are whole, and rows (least, most, {column: factor})."""
    candidates = problem["candidates"]
    count = len(candidates)
    objective = [candidate[0] - problem["member_price"] for candidate in candidates]
    whole = [True] * count
    rows = []

    def column(factor, is_whole):
        objective.append(factor)
        whole.append(is_whole)
        return len(objective) - 1
    for i, j, weight in problem["ties"]:
        y = column(problem["tie_weight"] * weight, False)
        rows.append((-INFINITE, 0, {y: 1, i: -1}))
        rows.append((-INFINITE, 0, {y: 1, j: -1}))
    in_country, groups = collections.defaultdict(list), collections.defaultdict(list)
    for i, candidate in enumerate(candidates):
        in_country[candidate[1]].append(i)
        if candidate[6] >= 0:
            groups[candidate[6]].append(i)
    for kind, least, mark, amount, countries in problem["rules"]:
        everybody = {i: 1 for i in range(count)}
        if kind == "members_at_least":
            rows.append((least, INFINITE, everybody))
        elif kind == "members_at_most":
            rows.append((-INFINITE, least, everybody))
        elif kind == "countries_at_least":
            reached = {}
            for country in sorted(in_country):
                if not countries or country in countries:
                    z = column(0, True)
                    reached[z] = 1
                    rows.append((-INFINITE, 0, {z: 1, **{i: -1 for i in in_country[country]}}))
            rows.append((least, INFINITE, reached))
        elif kind == "per_country_at_most":
            rows += [(-INFINITE, least, {i: 1 for i in members}) for members in in_country.values()]
        elif kind == "linked_at_most":
            rows += [(-INFINITE, least, {i: 1 for i in members}) for members in groups.values()]
        elif kind == "competence_at_least":
            rows.append((least, INFINITE, {i: 1 for i in range(count) if candidates[i][2] >> mark & 1}))
        elif kind == "property_at_least":
            rows.append((least, INFINITE, {i: 1 for i in range(count) if candidates[i][3] >> mark & 1}))
        elif kind == "cost_at_most":
            rows.append((-INFINITE, amount, {i: candidates[i][4] for i in range(count)}))
        elif kind == "rate_at_most":
            rows.append((-INFINITE, 0, {i: candidates[i][5] - candidates[i][4] * amount / 10_000 for i in range(count)}))
        else:
            sys.exit(f"no such rule: {kind}")
    return objective, whole, rows


def model_of(problem):
    import highspy
    import numpy as np
    objective, whole, rows = rows_of(problem)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(objective), len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array(objective)
    lp.col_lower_ = np.zeros(len(objective))
    lp.col_upper_ = np.ones(len(objective))
    lp.integrality_ = [highspy.HighsVarType.kInteger if is_whole else highspy.HighsVarType.kContinuous for is_whole in whole]
    lp.row_lower_ = np.array([row[0] for row in rows], dtype=float)
    lp.row_upper_ = np.array([row[1] for row in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0] + [len(row[2]) for row in rows])
    lp.a_matrix_.index_ = np.array([c for row in rows for c in row[2]], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([factor for row in rows for factor in row[2].values()], dtype=float)
    highs = highspy.Highs()
    highs.silent()
    highs.passModel(lp)
    return highs


def highs_answer(highs, seconds):
    import highspy
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    highs.setOptionValue("time_limit", 20 * seconds)  # on the wall; the processor time ends it
    begun = time.process_time()

    def interrupt(event):
        event.interrupt(time.process_time() - begun >= seconds)
    highs.cbMipInterrupt.subscribe(interrupt)
    highs.run()
    taken = time.process_time() - begun
    info = highs.getInfo()
    status = highs.getModelStatus()
    names = {highspy.HighsModelStatus.kOptimal: "optimal", highspy.HighsModelStatus.kInfeasible: "infeasible"}
    found = info.primal_solution_status == 2
    name = names.get(status, "feasible" if found else "unknown")
    print(name, info.objective_function_value if found else "nan", info.mip_dual_bound, taken)


def cbc_answer(highs, seconds):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.mps")
        highs.writeModel(path)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(["cbc", path, "-max", "-timeMode", "cpu", "-seconds", str(seconds), "-ratioGap", "0", "-solve",
                              "-quit"], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    value = re.search(r"^Objective value:\s+(\S+)", run.stdout, re.M)
    bound = re.search(r"^(?:Upper|Lower) bound:\s+(\S+)", run.stdout, re.M)
    name = "unknown"
    if re.search(r"^Result - Optimal solution found", run.stdout, re.M):
        name, bound = "optimal", value
    elif re.search(r"^(Problem is infeasible|Result - Problem proven infeasible)", run.stdout, re.M):
        name = "infeasible"
    elif value:
        name = "feasible"
    # The model is written as a minimum of the negative where the format knows no maximum.
    figures = [abs(float(found.group(1))) if found else float("nan") for found in (value, bound)]
    print(name, *figures, taken)


def main():
    solver, seconds, path = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    highs = model_of(consortium_data.read(path))
    (highs_answer if solver == "highs" else cbc_answer)(highs, seconds)


if __name__ == "__main__":
    main()
