// The leakage oracle: it knows nothing of plans and proofs, changes the rows that a place must not learn from, and looks whether anything
// that is fitted there changes with them.
#pragma once

#include "tests/conformance/oracle/altered_data.h"

#include <string>
#include <vector>

namespace mlpc::conformance {

struct Findings {
    std::size_t places = 0;           // folds, outer folds and final fits, for each search and some seeds
    std::size_t states = 0;           // fitted states and predictions of training rows that were compared
    std::vector<std::string> leaks;   // what changed although only held-out rows did
    std::vector<std::string> frozen;  // places where nothing changed although training rows did
    std::vector<std::string> failed;  // what could not be fitted, and so shows nothing
};

Findings consult_oracle(const Experiment&, const PreparedData&);

}  // namespace mlpc::conformance
