// Metrics that exist per class (precision, recall, f1) and the ways to make one number of them.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// Weighted row counts of one class, or of all classes together.
struct ClassCounts {
    double correct = 0;    // true and predicted
    double predicted = 0;  // predicted, right or wrong
    double actual = 0;     // true
    double total = 0;      // all, once for each class that is counted
};
// A ratio of counts; the counts that it divides by may be 0. `number` is the metric's own parameter, where it has one.
using ClassRatio = double (*)(const ClassCounts&, double number);

// The catalog entry of a Metric with the parameters `average` and `class`; name and texts are the caller's to fill in.
// A class that occurs in the truth or in the predictions but makes the ratio 0/0 counts 0; a class that occurs in neither is left
// out of averages, and makes a binary score NaN.
ComponentInfo class_average_metric(ClassRatio ratio);
// The same with a number before them: f_beta(2).
ComponentInfo class_average_metric(ClassRatio ratio, ParamSpec number);

// Position of a class by its name. Throws RunError where the target has none of that name.
Eigen::Index position_of_class(const Target&, const std::string& name);

}  // namespace mlpc
