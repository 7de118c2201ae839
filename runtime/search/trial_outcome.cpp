#include "runtime/search/trial_outcome.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// One number of a result: what a metric gave, or what an objective reported under a name.
double number_of(const Result& result, const std::string& name) {
    if (!result.failure.empty()) {
        return not_a_number;
    }
    if (const auto* score = std::get_if<double>(&result.value)) {
        return *score;
    }
    const auto& objective = *std::get<std::shared_ptr<const ObjectiveResult>>(result.value);
    if (name == "value") {
        return objective.value;
    }
    const auto at = objective.reported.find(name);
    return at == objective.reported.end() ? not_a_number : at->second;
}

double named_measure(const SearchSpec& search, const TrialRecord& trial, const std::string& name) {
    if (name == "fit_seconds") {
        return trial.seconds;
    }
    if (name == search.metric.text) {
        return trial.mean_score();
    }
    const auto at = std::find_if(trial.measures.begin(), trial.measures.end(), [&](const auto& m) { return m.first == name; });
    return at == trial.measures.end() ? not_a_number : at->second;
}

using ValueOf = std::function<double(const std::string&)>;

double violation(const Expression& condition, const ValueOf& value_of, double undefined) {
    using Op = Expression::Op;
    const auto side = [&](std::size_t i) { return evaluate(condition.operands.at(i), value_of); };
    double by = 0;
    switch (condition.op) {
        case Op::Less:
        case Op::LessEqual:
            by = side(0) - side(1);
            break;
        case Op::Greater:
        case Op::GreaterEqual:
            by = side(1) - side(0);
            break;
        case Op::And:
            return std::max(violation(condition.operands.at(0), value_of, undefined), violation(condition.operands.at(1), value_of, undefined));
        case Op::Or:
            return std::min(violation(condition.operands.at(0), value_of, undefined), violation(condition.operands.at(1), value_of, undefined));
        default:
            by = evaluate(condition, value_of);
            by = std::isnan(by) ? by : by == 1 ? 0 : infinite;
    }
    const bool strict = condition.op == Op::Less || condition.op == Op::Greater;
    if (std::isnan(by)) {
        return undefined;
    }
    return strict && by == 0 ? std::numeric_limits<double>::min() : by;
}

// A trial that went on to more folds has the scores of the first ones, but no more the means of its measures over them.
std::optional<TrialRecord> on_first_folds(TrialRecord trial, std::size_t folds) {
    if (trial.fold_scores.size() == folds) {
        return trial;
    }
    if (trial.fold_scores.size() < folds || !trial.measures.empty()) {
        return std::nullopt;
    }
    trial.fold_scores.resize(folds);
    std::erase_if(trial.trainings, [&](const FoldTraining& of) { return of.fold >= static_cast<std::int64_t>(folds); });
    const bool is_known = std::all_of(trial.fold_scores.begin(), trial.fold_scores.end(), [](double score) { return std::isfinite(score); });
    trial.failure = is_known ? "" : trial.failure;
    return trial;
}

}  // namespace

FoldResults fold_results(const SearchSpec& search, std::size_t folds, const std::vector<Result>& results) {
    std::vector<std::string> names{search.metric.text};  // by position within one execution's results
    std::vector<std::string> reported;
    for (const MeasureSpec& measure : search.measures) {
        if (measure.kind == MeasureSpec::Kind::Metric) {
            names.push_back(measure.name);
        } else if (measure.kind == MeasureSpec::Kind::Reported) {
            reported.push_back(measure.name);
        }
    }
    FoldResults found;
    const auto executions = static_cast<std::size_t>(search.executions);
    const auto each = static_cast<double>(executions);
    std::vector<double> sums(names.size(), 0.0), reported_sums(reported.size(), 0.0);
    std::size_t at = 0;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        double score = 0;
        for (std::size_t execution = 0; execution < executions; ++execution) {
            for (std::size_t r = 0; r < reported.size(); ++r) {
                reported_sums[r] += number_of(results.at(at), reported[r]) / each;
            }
            if (const auto& training = results.at(at).training) {
                found.trainings.push_back(
                    {.fold = static_cast<std::int64_t>(fold), .execution = static_cast<std::int64_t>(execution), .training = *training});
            }
            for (std::size_t m = 0; m < names.size(); ++m, ++at) {
                const Result& result = results.at(at);
                found.failed = found.failed == nullptr && !result.failure.empty() ? &result : found.failed;
                (m == 0 ? score : sums[m]) += number_of(result, names[m]) / each;
            }
        }
        found.scores.push_back(score);
    }
    for (std::size_t m = 1; m < names.size(); ++m) {
        found.measures.emplace_back(names[m], sums[m] / static_cast<double>(folds));
    }
    for (std::size_t r = 0; r < reported.size(); ++r) {
        found.measures.emplace_back(reported[r], reported_sums[r] / static_cast<double>(folds));
    }
    if (results.size() == 1 && std::holds_alternative<std::shared_ptr<const ObjectiveResult>>(results.front().value)) {
        found.way = std::get<std::shared_ptr<const ObjectiveResult>>(results.front().value)->way;
    }
    return found;
}

std::string unreported(const SearchSpec& search, const std::vector<Result>& results, bool is_whole) {
    const auto is_missing = [&](const std::string& name) {
        return std::any_of(results.begin(), results.end(),
                           [&](const Result& result) { return result.failure.empty() && std::isnan(number_of(result, name)); });
    };
    if (!search.objective || is_missing(search.metric.text)) {
        return search.objective ? search.metric.text : "";
    }
    const auto is_wanted = [&](const MeasureSpec& m) { return m.kind == MeasureSpec::Kind::Reported && (is_whole || m.goal_maximize); };
    const auto at =
        std::find_if(search.measures.begin(), search.measures.end(), [&](const MeasureSpec& m) { return is_wanted(m) && is_missing(m.name); });
    return at == search.measures.end() ? "" : at->name;
}

void add_measures(TrialRecord& trial, const FoldResults& found) {
    const auto before = static_cast<double>(trial.fold_scores.size()), now = static_cast<double>(found.scores.size());
    if (trial.measures.empty() || before == 0) {
        trial.measures = found.measures;
        return;
    }
    for (std::size_t m = 0; m < trial.measures.size() && now > 0; ++m) {
        double& mean = trial.measures[m].second;
        mean = (mean * before + found.measures[m].second * now) / (before + now);
    }
}

std::vector<double> violations_of(const SearchSpec& search, const TrialRecord& trial) {
    // A program need not report at its steps what it knows at its end.
    const double undefined = search.objective && !trial.share.is_whole() ? 0 : infinite;
    const ValueOf value_of = [&](const std::string& name) { return named_measure(search, trial, name); };
    std::vector<double> violations;
    for (const ResultConstraint& constraint : search.result_constraints) {
        violations.push_back(violation(constraint.condition, value_of, undefined));
    }
    return violations;
}

bool is_within(const std::vector<double>& violations) {
    return std::all_of(violations.begin(), violations.end(), [](double by) { return by <= 0; });
}

std::vector<double> goals_of(const SearchSpec& search, const TrialRecord& trial, double first) {
    std::vector<double> goals{first};
    for (const MeasureSpec& measure : search.measures) {
        if (measure.goal_maximize) {
            const double value = named_measure(search, trial, measure.name);
            goals.push_back(*measure.goal_maximize ? -value : value);
        }
    }
    return goals.size() > 1 ? goals : std::vector<double>();
}

std::optional<TrialRecord> cut_back(const TrialRecord& kept, const Share& share, std::size_t folds) {
    TrialRecord trial = kept;
    if (kept.share == share) {
        return on_first_folds(std::move(trial), folds);
    }
    const auto at = std::find_if(kept.rungs.begin(), kept.rungs.end(), [&](const RungRecord& rung) { return rung.share == share; });
    if (at == kept.rungs.end() || at->fold_scores.size() != folds || !kept.measures.empty()) {
        return std::nullopt;
    }
    trial.share = share;
    trial.fold_scores = at->fold_scores;
    trial.seconds = at->seconds;
    trial.rungs.assign(kept.rungs.begin(), at);
    trial.failure.clear();
    trial.trainings.clear();  // what is known is how the longer ones went
    return trial;
}

}  // namespace mlpc
