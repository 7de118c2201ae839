// What is found wrong with the data when it is read: failed checks and the leaks that only rows show.
#pragma once

#include "runtime/core/span.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace mlpc {

struct Finding {
    enum class Kind {
        CheckFailed,     // subject: the rule as written, detail: the count and the first rows
        Duplicates,      // L107; count, subject: the data set
        PerfectFeature,  // L111; subject: the feature, other: the target, measure, value
        SameContent,     // L106; subject: the file, other: the data set
        CutOutOfTime,    // L109; subject: the time, other: the step that looks back, detail: what was found, count: rows
        TrainedOnTest,   // L117; subject: the pre-trained network, detail: what it was trained on, other: the data set
        TargetTooLate,   // L110; subject: the step, other: the target, detail: what was found
    };
    Kind kind = Kind::CheckFailed;
    bool warning = false;
    std::string subject, other, detail, measure;
    std::size_t count = 0;
    double value = 0;
    Span span;
};

// The run stops before anything is fitted.
class FindingsError : public std::runtime_error {
public:
    explicit FindingsError(std::vector<Finding> list) : std::runtime_error("the data do not fit the experiment"), findings(std::move(list)) {}
    std::vector<Finding> findings;
};

}  // namespace mlpc
