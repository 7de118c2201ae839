#include "stdlib/metrics/class_average.h"

#include "runtime/core/error.h"
#include "stdlib/metrics/confusion_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace mlpc {
namespace {

enum class Average { Auto, Binary, Macro, Micro, Weighted };
struct AverageParams {
    double number = 1;
    Average average = Average::Auto;
    std::string class_name;
};

Schema<AverageParams> average_schema() {
    return {
        field(&AverageParams::average,
              {.name = "average",
               .doc = "Score of the positive class (binary), mean over classes (macro), all rows as one class (micro), mean by class frequency "
                      "(weighted); auto is binary for two classes and macro for more",
               .words = {"auto", "binary", "macro", "micro", "weighted"}}),
        field(&AverageParams::class_name, {.name = "class", .doc = "Score of this class alone, instead of an average: `class: \"yes\"`"}),
    };
}

ClassCounts counts_of(const Matrix& confusion, Eigen::Index c) {
    return {.correct = confusion(c, c), .predicted = confusion.col(c).sum(), .actual = confusion.row(c).sum(), .total = confusion.sum()};
}

bool occurs(const ClassCounts& counts) { return counts.predicted > 0 || counts.actual > 0; }

class ClassAverageMetric final : public Metric {
public:
    ClassAverageMetric(ClassRatio ratio, AverageParams params) : ratio_(ratio), params_(std::move(params)) {}

    double score(const Target& truth, const Prediction& prediction) const override {
        assert(truth.rows() == prediction.rows() && "a prediction is scored on the rows it was made for");
        const Matrix confusion = confusion_counts(truth, prediction);
        if (!params_.class_name.empty()) {
            return one_class(confusion, position_of_class(truth, params_.class_name));
        }
        switch (resolved(truth)) {
            case Average::Binary:
                return one_class(confusion, 1);
            case Average::Micro:
                return all_as_one(confusion);
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
        if (params_.average == Average::Auto) {
            return truth.task == Task::Binary ? Average::Binary : Average::Macro;
        }
        if (params_.average == Average::Binary && truth.task != Task::Binary) {
            throw RunError(
                fmt::format("`binary` scores one class of two, and the target has {}: take `macro`, `micro` or `weighted`", truth.class_count()));
        }
        return params_.average;
    }

    double ratio_or_zero(const ClassCounts& counts) const {
        const double score = ratio_(counts, params_.number);
        return std::isnan(score) ? 0.0 : score;
    }

    double one_class(const Matrix& confusion, Eigen::Index c) const {
        const ClassCounts counts = counts_of(confusion, c);
        return occurs(counts) ? ratio_or_zero(counts) : missing_number;
    }

    double all_as_one(const Matrix& confusion) const {
        const double rows = confusion.sum();
        const ClassCounts counts{
            .correct = confusion.trace(), .predicted = rows, .actual = rows, .total = static_cast<double>(confusion.rows()) * rows};
        return ratio_(counts, params_.number);
    }

    template <class WeightOf>
    double mean_over_classes(const Matrix& confusion, WeightOf weight_of_class) const {
        double sum = 0, weights = 0;
        for (Eigen::Index c = 0; c < confusion.rows(); ++c) {
            const ClassCounts counts = counts_of(confusion, c);
            if (!occurs(counts)) {
                continue;
            }
            sum += weight_of_class(counts) * ratio_or_zero(counts);
            weights += weight_of_class(counts);
        }
        return sum / weights;
    }

    ClassRatio ratio_;
    AverageParams params_;
};

ComponentInfo metric_of(ClassRatio ratio, const Schema<AverageParams>& schema) {
    ComponentInfo info;
    info.kind = ComponentKind::Metric;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.params = specs_of(schema);
    info.range = {.low = 0, .high = 1};
    info.make_metric = [ratio, schema](const ParamValues& values) {
        return std::make_unique<ClassAverageMetric>(ratio, read_params(schema, values));
    };
    return info;
}

}  // namespace

ComponentInfo class_average_metric(ClassRatio ratio) { return metric_of(ratio, average_schema()); }

ComponentInfo class_average_metric(ClassRatio ratio, ParamSpec number) {
    Schema<AverageParams> schema = average_schema();
    schema.insert(schema.begin(), field(&AverageParams::number, std::move(number)));
    return metric_of(ratio, schema);
}

Eigen::Index position_of_class(const Target& truth, const std::string& name) {
    const Levels& classes = *truth.classes;
    const auto found = std::find(classes.begin(), classes.end(), name);
    if (found == classes.end()) {
        throw RunError(fmt::format("the target has no class `{}`; it has: {}", name, fmt::join(classes, ", ")));
    }
    return found - classes.begin();
}

}  // namespace mlpc
