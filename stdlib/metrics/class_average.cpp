#include "stdlib/metrics/class_average.h"

#include "runtime/core/error.h"
#include "stdlib/metrics/confusion_counts.h"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

namespace mlpc {
namespace {

enum class Average { Auto, Binary, Macro, Micro, Weighted };
struct AverageParams {
    Average average = Average::Auto;
};

const Schema<AverageParams>& average_schema() {
    static const Schema<AverageParams> schema = {
        field(&AverageParams::average,
              {.name = "average",
               .doc = "Score of the positive class (binary), mean over classes (macro), all rows as one class (micro), mean by class frequency "
                      "(weighted); auto is binary for two classes and macro for more",
               .words = {"auto", "binary", "macro", "micro", "weighted"}}),
    };
    return schema;
}

ClassCounts counts_of(const Matrix& confusion, Eigen::Index c) {
    return {.correct = confusion(c, c), .predicted = confusion.col(c).sum(), .actual = confusion.row(c).sum()};
}

bool occurs(const ClassCounts& counts) { return counts.predicted > 0 || counts.actual > 0; }

double ratio_or_zero(ClassRatio ratio, const ClassCounts& counts) {
    const double score = ratio(counts);
    return std::isnan(score) ? 0.0 : score;
}

class ClassAverageMetric final : public Metric {
public:
    ClassAverageMetric(ClassRatio ratio, Average average) : ratio_(ratio), average_(average) {}

    double score(const Target& truth, const Prediction& prediction) const override {
        assert(truth.rows() == prediction.rows() && "a prediction is scored on the rows it was made for");
        const Matrix confusion = confusion_counts(truth, prediction);
        switch (resolved(truth)) {
            case Average::Binary:
                return positive_class(confusion);
            case Average::Micro:
                return ratio_({.correct = confusion.trace(), .predicted = confusion.sum(), .actual = confusion.sum()});
            case Average::Weighted:
                return mean_over_classes(confusion, [](const ClassCounts& counts) { return counts.actual; });
            case Average::Macro:
            case Average::Auto:
                break;
        }
        return mean_over_classes(confusion, [](const ClassCounts&) { return 1.0; });
    }

private:
    Average resolved(const Target& truth) const {
        if (average_ == Average::Auto) {
            return truth.task == Task::Binary ? Average::Binary : Average::Macro;
        }
        if (average_ == Average::Binary && truth.task != Task::Binary) {
            throw RunError(
                fmt::format("`binary` scores one class of two, and the target has {}: take `macro`, `micro` or `weighted`", truth.class_count()));
        }
        return average_;
    }

    double positive_class(const Matrix& confusion) const {
        const ClassCounts counts = counts_of(confusion, 1);
        return occurs(counts) ? ratio_or_zero(ratio_, counts) : missing_number;
    }

    template <class WeightOf>
    double mean_over_classes(const Matrix& confusion, WeightOf weight_of_class) const {
        double sum = 0, weights = 0;
        for (Eigen::Index c = 0; c < confusion.rows(); ++c) {
            const ClassCounts counts = counts_of(confusion, c);
            if (!occurs(counts)) {
                continue;
            }
            sum += weight_of_class(counts) * ratio_or_zero(ratio_, counts);
            weights += weight_of_class(counts);
        }
        return sum / weights;
    }

    ClassRatio ratio_;
    Average average_;
};

}  // namespace

ComponentInfo class_average_metric(ClassRatio ratio) {
    ComponentInfo info;
    info.kind = ComponentKind::Metric;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.params = specs_of(average_schema());
    info.range = {.low = 0, .high = 1};
    info.make_metric = [ratio](const ParamValues& values) {
        return std::make_unique<ClassAverageMetric>(ratio, read_params(average_schema(), values).average);
    };
    return info;
}

}  // namespace mlpc
