// Metrics that exist per class (precision, recall, f1) and the ways to make one number of them.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// Weighted row counts of one class, or of all classes together.
struct ClassCounts {
    double correct = 0;    // true and predicted
    double predicted = 0;  // predicted, right or wrong
    double actual = 0;     // true
};
// A ratio of counts; the counts that it divides by may be 0.
using ClassRatio = double (*)(const ClassCounts&);

// The catalog entry of a Metric with the parameter `average`; name and texts are the caller's to fill in.
// A class that occurs in the truth or in the predictions but makes the ratio 0/0 counts 0; a class that occurs in neither is left
// out of averages, and makes a binary score NaN.
ComponentInfo class_average_metric(ClassRatio ratio);

}  // namespace mlpc
