#include "runtime/core/component.h"
#include "stdlib/metrics/confusion_counts.h"

namespace mlpc {
namespace {

class Confusion final : public TableMetric {
public:
    Matrix table(const Target& truth, const Prediction& prediction) const override { return confusion_counts(truth, prediction); }
};

}  // namespace

void add_confusion(Catalog& catalog) {
    ComponentInfo info;
    info.name = "confusion";
    info.kind = ComponentKind::Metric;
    info.summary = "Rows by true class (down) and predicted class (across); weighted where the data has weights";
    info.source = "Kohavi and Provost 1998, Glossary of terms";
    info.example = "metrics confusion";
    info.tasks = {Task::Binary, Task::Multiclass};
    info.range = {.low = 0};
    info.make_table_metric = [](const ParamValues&) { return std::make_unique<Confusion>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
