#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_f_beta(Catalog& catalog) {
    ComponentInfo info = class_average_metric(
        [](const ClassCounts& counts, double beta) {
            const double b = beta * beta;
            return (1 + b) * counts.correct / (counts.predicted + b * counts.actual);
        },
        {.name = "beta", .doc = "How many times as much recall counts as precision", .valid = {.low = 0, .open_low = true}});
    info.name = "f_beta";
    info.summary = "Harmonic mean of precision and recall in which recall counts `beta` times as much";
    info.source = "van Rijsbergen 1979, Information Retrieval";
    info.example = "maximize f_beta(2)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
