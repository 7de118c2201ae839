#include "stdlib/metrics/class_average.h"

namespace mlpc {

void add_specificity(Catalog& catalog) {
    ComponentInfo info = class_average_metric([](const ClassCounts& counts, double) {
        return (counts.total - counts.actual - counts.predicted + counts.correct) / (counts.total - counts.actual);
    });
    info.name = "specificity";
    info.summary = "Share of the rows that are not of a class that are not predicted to be of it";
    info.source = "Yerushalmy 1947, Statistical problems in assessing methods of medical diagnosis";
    info.example = "metrics recall, specificity";
    catalog.add(std::move(info));
}

}  // namespace mlpc
