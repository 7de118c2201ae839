#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_recall(Catalog& catalog) {
    ComponentInfo info = class_average_metric([](const ClassCounts& counts, double) { return counts.correct / counts.actual; });
    info.name = "recall";
    info.summary = "Share of the rows of a class that are predicted to be of it";
    info.source = "van Rijsbergen 1979, Information Retrieval";
    info.example = "maximize recall(macro)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
