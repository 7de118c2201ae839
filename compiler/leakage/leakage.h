// The proof that no evaluated row teaches the model that is evaluated, over the Plan as it will run.
#pragma once

#include "compiler/plan/plan.h"

#include <map>
#include <string>
#include <vector>

namespace mlpc {

// Rows by the file that they come from: parts of a split of that data set.
using RowSet = std::map<DataId, RowParts>;

// What every node's value holds, and what has taught it: the rows by which any learned state in it was fitted.
struct RowFacts {
    std::vector<RowSet> contains, taught;  // by node
};
RowFacts row_facts(const plan::Plan&);

// A score on rows that have taught what is scored, or a comparison that looks at test rows.
struct Violation {
    NodeId teacher;  // the earliest step that learned from scored rows
    NodeId score;
    const char* code;  // L102, L103, L104, L105, L112, L114, L119
};
// In order of teacher, each teacher once.
std::vector<Violation> violations(const plan::Plan&);

// Whether a node that takes models gives them nothing that was learned from rows which its inner folds hold back, and whether their flows
// fit nothing on rows that they predict. `nodes` are those that its inputs name.
bool keeps_rows_apart(const std::vector<Node>& nodes, const Node&);

// Throws std::logic_error naming `after_pass` when the plan holds a violation that the file does not allow: a pass broke the proof.
void verify(const plan::Plan&, const char* after_pass);

// Every leakage rule that needs no data; each reports under its own code. What the file allows is not reported.
void check_leakage(const plan::Plan&, Diagnostics&);

}  // namespace mlpc
