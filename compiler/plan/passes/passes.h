// Rewrites that make a plan cheaper and leave its results alone. Each is followed by verify(): compiler/driver/compile.cpp.
#pragma once

#include "compiler/plan/plan.h"

namespace mlpc::plan {

// Row-wise work moves before the rows are taken, so that it is done once for all folds.
void hoist_row_wise(Plan&);
// Nodes that do the same to the same inputs become one.
void share_equal_nodes(Plan&);
// Nodes that no stage needs go.
void drop_unused(Plan&);

struct Pass {
    const char* name;
    void (*run)(Plan&);
};
inline constexpr Pass all_passes[] = {{"hoist_row_wise", hoist_row_wise}, {"share_equal_nodes", share_equal_nodes}, {"drop_unused", drop_unused}};

// Replaces every NodeId of the plan outside its nodes: new_id[old index].
void renumber_uses(Plan&, const std::vector<NodeId>& new_id);

}  // namespace mlpc::plan
