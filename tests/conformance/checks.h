// What every fitted component promises, as functions that find where it does not: an empty list is a pass.
#pragma once

#include "tests/conformance/subject.h"

namespace mlpc::conformance {

using Failures = std::vector<std::string>;

// Equal rows, target and stream give equal bytes; and so does another stream, unless the component says that it is random.
Failures check_repeatable(const Subject&, const Probe&);
// What it may know by its declared effect: row-wise no cell, learned no target, and none of them a row that it is not given.
Failures check_declared_effect(const Subject&, const Probe&);
// A view and its copy are the same to it.
Failures check_layout(const Subject&, const Probe&);
// Any row's result is the same alone, among others, and under other levels in the dictionary.
Failures check_rows_alone(const Subject&, const Probe&);
// What is saved is read back whole, and a cut file is refused.
Failures check_archive(const Subject&, const Probe&);
// Types, missing cells and rows of the result are as the catalog says.
Failures check_promises(const Subject&, const Probe&);
// A restricted fit is the fit with the smaller value.
Failures check_path(const Subject&, const Probe&);
// A state of a smaller resource that goes on becomes that of the larger one; a restricted one and one read back do so too, or say that they
// cannot.
Failures check_growth(const Subject&, const Probe&);
// A step whose fitted rows go on as its resampler gives them: the same rows with the columns that it gives, their targets unchanged, and
// none of them tells of its own target.
Failures check_cross_fitted(const Subject&, const Probe&);
// Edge cases end with a result that has no missing cell where the row had none, or with a RunError.
Failures check_edges(const Subject&, const Probe&);

// All of them; and whether the component takes the family's columns at all (it may refuse them by a RunError).
struct Verdict {
    bool refused = false;
    std::string reason;
    Failures failures;
};
Verdict check_all(const Subject&, Family, Task);

}  // namespace mlpc::conformance
