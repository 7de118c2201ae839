#include "stdlib/metrics/custom_score.h"

#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

struct CustomParams {
    std::shared_ptr<const Expression> expression;
};
const Schema<CustomParams>& custom_schema() {
    static const Schema<CustomParams> fields = {
        field(&CustomParams::expression,
              {.name = "expression",
               .doc = "Over `truth`, `predicted`, `probability` (two classes: of the positive one; many: of the true one) and `weight`, each inside "
                      "an aggregate such as `mean(…)`, `sum(…)`, `share(…)`, `max(…)`"}),
    };
    return fields;
}

std::vector<double> weights_of(const Target& truth) { return truth.weights.empty() ? std::vector<double>(truth.rows(), 1.0) : truth.weights; }

Frame scored_rows(const Target& truth, const Prediction& prediction) {
    std::vector<Column> columns;
    if (truth.task == Task::Regression) {
        columns.push_back(Column::of_numbers("truth", truth.values));
        columns.push_back(Column::of_numbers("predicted", {prediction.values.begin(), prediction.values.end()}));
    } else {
        std::vector<double> probability(truth.rows());
        for (std::size_t row = 0; row < truth.rows(); ++row) {
            const Eigen::Index c = truth.task == Task::Binary ? 1 : truth.labels[row];
            probability[row] = prediction.probabilities(static_cast<Eigen::Index>(row), c);
        }
        columns.push_back(Column::of_codes("truth", truth.labels, truth.classes));
        columns.push_back(Column::of_codes("predicted", prediction.labels(), truth.classes));
        columns.push_back(Column::of_numbers("probability", std::move(probability)));
    }
    columns.push_back(Column::of_numbers("weight", weights_of(truth)));
    return {std::move(columns), truth.rows()};
}

double custom(const CustomParams& params, const Target& truth, const Prediction& prediction) {
    return evaluate_once(*params.expression, scored_rows(truth, prediction));
}

}  // namespace

ComponentInfo expression_metric() { return metric_of<CustomParams>(custom_schema(), custom, {Task::Binary, Task::Multiclass, Task::Regression}); }

void add_custom_score(Catalog& catalog) {
    ComponentInfo info = expression_metric();
    info.name = "custom_score";
    info.summary = "Any expression over the scored rows, greater being better";
    info.example = "maximize custom_score(mean(if(truth == predicted, 1, 0)))";
    catalog.add(std::move(info));
}

}  // namespace mlpc
