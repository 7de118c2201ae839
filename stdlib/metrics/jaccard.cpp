#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_jaccard(Catalog& catalog) {
    ComponentInfo info =
        class_average_metric([](const ClassCounts& counts, double) { return counts.correct / (counts.predicted + counts.actual - counts.correct); });
    info.name = "jaccard";
    info.summary = "Rows rightly given a class, by rows that are of it or were given it";
    info.source = "Jaccard 1912, The distribution of the flora in the alpine zone";
    info.example = "maximize jaccard(macro)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
