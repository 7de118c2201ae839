#include "runtime/search/evaluate_winner.h"

#include "runtime/core/error.h"
#include "runtime/core/grouped_metric.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mlpc {

namespace {

Target labels_of(const Evaluation& e, RowParts parts) {
    const SplitSpec& split = e.experiment.splits[e.search.split];
    const Target& all = e.data.datasets[split.data.index].target;
    const RowsRef& rows = rows_of(e.data.splits[e.search.split], parts, e.place);
    return rows.index == nullptr ? all : all.take(*rows.index);
}

Frame table_of(const Evaluation& e, RowParts parts) {
    const SplitSpec& split = e.experiment.splits[e.search.split];
    const Frame& all = e.data.tables[split.data.index];
    const RowsRef& rows = rows_of(e.data.splits[e.search.split], parts, e.place);
    return rows.index == nullptr ? all : all.take(rows.index);
}

struct Predicted {
    std::shared_ptr<const Prediction> prediction;
    std::shared_ptr<const Training> training;
};
Predicted predicted(const Evaluation& e, NodeId node) {
    std::vector<Result> results = e.engine.values({{node, e.place, &e.assignment}});
    if (!results[0].failure.empty()) {
        throw RunError("the winner cannot be refitted on all training rows: " + results[0].failure);
    }
    return {std::get<std::shared_ptr<const Prediction>>(results[0].value), results[0].training};
}

// `table` holds the rows of `truth`, with all columns.
double score_of(const MetricSpec& metric, const Target& truth, const Prediction& prediction, const Frame& table) {
    const std::string column = group_column_of(*metric.component, metric.params);
    if (column.empty()) {
        return score_of(*metric.component, metric.params, truth, prediction, Frame());
    }
    const std::size_t c = table.find(column);
    if (c == table.columns()) {
        throw RunError("`" + metric.text + "`: the data have no column `" + column + "`");
    }
    return score_of(*metric.component, metric.params, truth, prediction, table.select(std::span(&c, 1)));
}

std::map<std::string, double> scores(const EvaluateSpec& evaluate, const Target& truth, const Prediction& prediction, const Frame& table) {
    std::map<std::string, double> all;
    for (const MetricSpec& metric : evaluate.metrics) {
        if (metric.component->make_metric) {
            all[metric.text] = score_of(metric, truth, prediction, table);
        }
    }
    return all;
}

// The baseline that knows the target's distribution and no feature.
Prediction dummy_prediction(const Catalog& catalog, const Target& train, std::size_t rows) {
    const ComponentInfo* dummy = catalog.find(ComponentKind::Model, "dummy");
    const auto nothing = [](std::size_t n) { return Frame::from_matrix(Matrix::Zero(static_cast<Eigen::Index>(n), 1), {"none"}); };
    FitContext context{Rng::of_seed(0), nullptr};
    return dummy->make_model(dummy->default_params())->fit(nothing(train.rows()), train, context)->predict(nothing(rows));
}

Prediction part_of(const Prediction& whole, const RowIndex& rows) {
    Prediction part{whole.task, whole.classes, {}, {}, whole.threshold};
    if (is_classification(whole.task)) {
        part.probabilities = whole.probabilities(rows, Eigen::all);
    } else {
        part.values = whole.values(rows);
    }
    return part;
}

// The rows of each slice of a column: its levels, or the quarters of its values.
std::map<std::string, RowIndex> slices_of(const Frame& x, std::size_t c) {
    std::map<std::string, RowIndex> slices;
    if (!holds_numbers(x.column(c).type) || x.column(c).type == ColumnType::Boolean) {
        for (std::uint32_t row = 0; row < x.rows(); ++row) {
            std::string value = "missing";
            if (!x.missing(row, c)) {
                value = x.column(c).type == ColumnType::Boolean ? (x.number(row, c) != 0 ? "true" : "false") : std::string(x.text(row, c));
            }
            slices[value].push_back(row);
        }
        return slices;
    }
    std::vector<double> sorted = x.numbers(c);
    std::erase_if(sorted, [](double v) { return std::isnan(v); });
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) {
        return slices;
    }
    const auto quantile = [&](std::size_t q) { return sorted[std::min(sorted.size() - 1, sorted.size() * q / 4)]; };
    for (std::uint32_t row = 0; row < x.rows(); ++row) {
        const double value = x.number(row, c);
        if (std::isnan(value)) {
            slices["missing"].push_back(row);
            continue;
        }
        std::size_t quarter = 0;
        while (quarter < 3 && value >= quantile(quarter + 1)) {
            ++quarter;
        }
        std::string low = ParamValue{quantile(quarter)}.to_string(),
                    high = ParamValue{quarter == 3 ? sorted.back() : quantile(quarter + 1)}.to_string();
        slices[std::to_string(quarter + 1) + ": " + low + ".." + high].push_back(row);
    }
    return slices;
}

}  // namespace

void evaluate_winner(const Evaluation& e, SeedRecord& record) {
    const Target truth = labels_of(e, e.scored), train = labels_of(e, e.fitted);
    const auto [prediction, training] = predicted(e, e.stage.prediction);
    record.training = training != nullptr ? *training : Training();
    const Frame x = table_of(e, e.scored);
    record.test_scores = scores(e.evaluate, truth, *prediction, x);
    record.train_scores = scores(e.evaluate, train, *predicted(e, e.stage.train_prediction).prediction, table_of(e, e.fitted));
    record.dummy_scores = scores(e.evaluate, truth, dummy_prediction(e.catalog, train, truth.rows()), x);
    for (const MetricSpec& metric : e.evaluate.metrics) {
        if (metric.component->make_table_metric) {
            record.confusion = metric.component->make_table_metric(metric.params)->table(truth, *prediction);
        }
    }
    const auto first =
        std::find_if(e.evaluate.metrics.begin(), e.evaluate.metrics.end(), [](const MetricSpec& m) { return m.component->make_metric != nullptr; });
    if (first == e.evaluate.metrics.end()) {
        return;
    }
    for (const std::string& column : e.evaluate.slices) {
        const std::size_t c = x.find(column);
        if (c == x.columns()) {
            throw RunError("`errors by " + column + "`: the data have no such column");
        }
        for (const auto& [value, slice] : slices_of(x, c)) {
            const double score = score_of(*first, truth.take(slice), part_of(*prediction, slice), x.take(slice));
            record.slices.push_back({column, value, slice.size(), score});
        }
    }
}

}  // namespace mlpc
