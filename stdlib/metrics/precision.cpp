#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_precision(Catalog& catalog) {
    ComponentInfo info = class_average_metric([](const ClassCounts& counts, double) { return counts.correct / counts.predicted; });
    info.name = "precision";
    info.summary = "Share of the rows predicted to be of a class that are of it; a class never predicted counts 0";
    info.source = "van Rijsbergen 1979, Information Retrieval";
    info.example = "maximize precision(macro)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
