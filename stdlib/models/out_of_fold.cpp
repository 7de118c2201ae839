#include "stdlib/models/out_of_fold.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace mlpc {

void add_k_folds(Catalog&);
void add_forward(Catalog&);

namespace models {

namespace {

// The splitters that cut the folds of a file cut these too.
const Catalog& splitters() {
    static const Catalog catalog = [] {
        Catalog made;
        add_k_folds(made);
        add_forward(made);
        return made;
    }();
    return catalog;
}

std::unique_ptr<Splitter> splitter(const std::string& name, std::int64_t folds) {
    const ComponentInfo* info = splitters().find(ComponentKind::Splitter, name);
    ParamValues params = info->default_params();
    params.at(info->find_param("k")) = {folds};
    return info->make_splitter(params);
}

void check_classes(const Target& y, std::int64_t folds, std::string_view component) {
    std::vector<std::int64_t> rows(y.class_count(), 0);
    for (const std::int32_t label : y.labels) {
        ++rows[static_cast<std::size_t>(label)];
    }
    for (std::size_t c = 0; c < rows.size(); ++c) {
        if (rows[c] > 0 && rows[c] < folds) {
            throw RunError(fmt::format("class `{}` has {} row{}, too few for the {} inner folds of `{}`: write `folds: {}`, or join rare classes",
                                       (*y.classes)[c], rows[c], rows[c] == 1 ? "" : "s", folds, component, std::max<std::int64_t>(2, rows[c])));
        }
    }
}

}  // namespace

std::vector<Part> inner_folds(const Target& y, std::int64_t folds, const FitContext& context, std::string_view component) {
    static const RowRoles none;
    const RowRoles& roles = context.roles != nullptr ? *context.roles : none;
    SplitInput input;
    input.rows = y.rows();
    input.groups = roles.groups.empty() ? nullptr : &roles.groups;
    input.times = roles.times.empty() ? nullptr : &roles.times;
    if (is_classification(y.task)) {
        input.strata = &y.labels;
    }
    std::string name = "forward";
    if (input.times == nullptr) {
        name = std::string(input.strata != nullptr ? "stratified_" : "") + (input.groups != nullptr ? "grouped_" : "") + "k_fold";
        check_classes(y, folds, component);
    }
    try {
        return splitter(name, folds)->split(input, context.rng.child("folds"));
    } catch (const RunError& error) {
        throw RunError(fmt::format("the inner folds of `{}`: {}", component, error.what()));
    }
}

OutOfFold out_of_fold(const Learner& learner, const Frame& x, const Target& y, const std::vector<Part>& parts, const FitContext& context, Rng rng) {
    OutOfFold result;
    for (const Part& part : parts) {
        result.rows.insert(result.rows.end(), part.scored.begin(), part.scored.end());
    }
    std::sort(result.rows.begin(), result.rows.end());
    const auto rows = static_cast<Eigen::Index>(result.rows.size());
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Member fitted = fit_member(learner, x, y, parts[p].train, context, rng.child(p));
        Prediction prediction = fitted->predict(x.take(parts[p].scored));
        if (p == 0) {
            result.prediction = {prediction.task, prediction.classes, {}, {}};
            result.prediction.values.resize(is_classification(prediction.task) ? 0 : rows);
            result.prediction.probabilities.resize(is_classification(prediction.task) ? rows : 0, prediction.probabilities.cols());
        }
        for (std::size_t i = 0; i < parts[p].scored.size(); ++i) {
            const auto at =
                static_cast<Eigen::Index>(std::lower_bound(result.rows.begin(), result.rows.end(), parts[p].scored[i]) - result.rows.begin());
            const auto from = static_cast<Eigen::Index>(i);
            if (is_classification(prediction.task)) {
                result.prediction.probabilities.row(at) = prediction.probabilities.row(from);
            } else {
                result.prediction.values[at] = prediction.values[from];
            }
        }
    }
    return result;
}

}  // namespace models

}  // namespace mlpc
