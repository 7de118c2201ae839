// A metric is one function of truth, prediction and perhaps parameters; this makes its catalog entry.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

using ScoreFunction = double (*)(const Target& truth, const Prediction& prediction);

// A Metric that calls the function; name, texts, direction and range are the caller's to fill in.
ComponentInfo metric_of(ScoreFunction score, std::vector<Task> tasks);

// The same of a function that takes the metric's parameters first. The schema must live as long as the program.
template <class P>
ComponentInfo metric_of(const Schema<P>& schema, double (*score)(const P&, const Target&, const Prediction&), std::vector<Task> tasks) {
    class Parametric final : public Metric {
    public:
        Parametric(P params, double (*function)(const P&, const Target&, const Prediction&)) : params_(std::move(params)), score_(function) {}
        double score(const Target& truth, const Prediction& prediction) const override { return score_(params_, truth, prediction); }

    private:
        P params_;
        double (*score_)(const P&, const Target&, const Prediction&);
    };
    ComponentInfo info;
    info.kind = ComponentKind::Metric;
    info.tasks = std::move(tasks);
    info.params = specs_of(schema);
    info.make_metric = [&schema, score](const ParamValues& values) { return std::make_unique<Parametric>(read_params(schema, values), score); };
    return info;
}

inline double weight_of(const Target& target, std::size_t row) { return target.weights.empty() ? 1.0 : target.weights[row]; }

}  // namespace mlpc
