#include "stdlib/metrics/confusion_counts.h"
#include "stdlib/metrics/score_function.h"

#include <cmath>

namespace mlpc {
namespace {

enum class Distance { None, Linear, Quadratic };
struct KappaParams {
    Distance weights = Distance::None;
};
const Schema<KappaParams>& kappa_schema() {
    static const Schema<KappaParams> fields = {
        field(&KappaParams::weights,
              {.name = "weights",
               .doc = "What a wrong class costs: the same whichever it is (none), or by its distance in the order of the classes",
               .words = {"none", "linear", "quadratic"}}),
    };
    return fields;
}

double cost(Distance weights, Eigen::Index a, Eigen::Index b) {
    const auto distance = static_cast<double>(a > b ? a - b : b - a);
    switch (weights) {
        case Distance::None:
            return a == b ? 0 : 1;
        case Distance::Linear:
            return distance;
        case Distance::Quadratic:
            break;
    }
    return distance * distance;
}

// NaN where the truth and the predictions are all of one class.
double kappa(const KappaParams& params, const Target& truth, const Prediction& prediction) {
    const Matrix confusion = confusion_counts(truth, prediction);
    const Vector actual = confusion.rowwise().sum();
    const Vector predicted = confusion.colwise().sum().transpose();
    double seen = 0, by_chance = 0;
    for (Eigen::Index a = 0; a < confusion.rows(); ++a) {
        for (Eigen::Index b = 0; b < confusion.cols(); ++b) {
            seen += cost(params.weights, a, b) * confusion(a, b);
            by_chance += cost(params.weights, a, b) * actual(a) * predicted(b) / confusion.sum();
        }
    }
    return by_chance > 0 ? 1 - seen / by_chance : missing_number;
}

}  // namespace

void add_kappa(Catalog& catalog) {
    ComponentInfo info = metric_of<KappaParams>(kappa_schema(), kappa, {Task::Binary, Task::Multiclass});
    info.name = "kappa";
    info.summary = "Cohen's kappa: agreement of the true and the predicted classes beyond chance; 0 is chance, 1 is perfect";
    info.source = "Cohen 1960, A coefficient of agreement for nominal scales; 1968 for weights";
    info.example = "maximize kappa(quadratic)";
    info.range = {.low = -1, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
