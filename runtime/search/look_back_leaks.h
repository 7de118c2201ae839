// Leaks by way of earlier rows that only the data show.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/engine/engine.h"
#include "runtime/search/findings.h"

#include <vector>

namespace mlpc {

// L109: in some cut of the split, a row that is fitted on comes after one that is scored in the same series, so that `lag` and `rolling`
// carry scored cells into the fit. L110: earlier targets that are not known yet under the gap of the folds. Both rest on no declaration, and
// so `allow` does not silence them. `table_rows` are the rows of the file that are left when all steps of the data have run.
std::vector<Finding> look_back_leaks(Engine&, const Experiment&, std::uint32_t split, const SplitRows&, const RowIndex& table_rows,
                                     std::size_t file_rows);

}  // namespace mlpc
