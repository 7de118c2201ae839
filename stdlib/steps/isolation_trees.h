// Isolation trees (Liu, Ting, Zhou 2008): rows that random cuts part from the others early are unlike them.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/models/tree.h"

#include <vector>

namespace mlpc::steps {

struct IsolationParams {
    std::int64_t trees = 100;
    std::int64_t sample = 256;
};

// Trees whose leaves hold how many cuts lead to them, with those that would part the rows of a leaf. `sample` rows each, all where there are
// fewer.
std::vector<models::Tree> grow_isolation_trees(Eigen::Map<const Matrix> x, const IsolationParams&, FitContext&);

// By row, from 0 to 1: about 0.5 for an ordinary row, the greater the earlier it is parted from the others. `rows`: how many the trees were
// grown on.
Vector isolation_scores(const std::vector<models::Tree>&, Eigen::Map<const Matrix> x, std::size_t rows, std::int64_t sample);

}  // namespace mlpc::steps
