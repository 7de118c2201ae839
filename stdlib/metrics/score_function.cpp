#include "stdlib/metrics/score_function.h"

#include <cassert>

namespace mlpc {
namespace {

class FunctionMetric final : public Metric {
public:
    explicit FunctionMetric(ScoreFunction function) : score_(function) {}
    double score(const Target& truth, const Prediction& prediction) const override {
        assert(truth.rows() == prediction.rows() && "a prediction is scored on the rows it was made for");
        return score_(truth, prediction);
    }

private:
    ScoreFunction score_;
};

}  // namespace

ComponentInfo metric_of(ScoreFunction score, std::vector<Task> tasks) {
    ComponentInfo info;
    info.kind = ComponentKind::Metric;
    info.tasks = std::move(tasks);
    info.make_metric = [score](const ParamValues&) { return std::make_unique<FunctionMetric>(score); };
    return info;
}

}  // namespace mlpc
