#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_f1(Catalog& catalog) {
    ComponentInfo info =
        class_average_metric([](const ClassCounts& counts, double) { return 2 * counts.correct / (counts.predicted + counts.actual); });
    info.name = "f1";
    info.summary = "Harmonic mean of precision and recall";
    info.source = "van Rijsbergen 1979, Information Retrieval";
    info.example = "maximize f1(macro)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
