// The rules, one file each; a rule is a row here.
#pragma once

#include "compiler/leakage/leakage.h"

namespace mlpc::leakage {

void selection_score_only(const plan::Plan&, Diagnostics&);         // L101
void learned_before_split(const plan::Plan&, Diagnostics&);         // L102, L103, L104, L105: the flow of rows
void aggregate_in_row_expression(const plan::Plan&, Diagnostics&);  // L105
void same_rows_on_both_sides(const plan::Plan&, Diagnostics&);      // L106
void group_ignored(const plan::Plan&, Diagnostics&);                // L108
void time_shuffled(const plan::Plan&, Diagnostics&);                // L109
void target_as_feature(const plan::Plan&, Diagnostics&);            // L110
void partition_used_to_choose(const plan::Plan&, Diagnostics&);     // L112, L113
void best_score_reported(const plan::Plan&, Diagnostics&);          // L114
void fitted_on_scored_rows(const plan::Plan&, Diagnostics&);        // L116
void trained_on_scored_rows(const plan::Plan&, Diagnostics&);       // L117
void aggregated_source(const plan::Plan&, Diagnostics&);            // L118
void fitted_member(const plan::Plan&, Diagnostics&);                // L119
void seed_chosen(const plan::Plan&, Diagnostics&);                  // L120

inline constexpr void (*all_rules[])(const plan::Plan&, Diagnostics&) = {
    selection_score_only, learned_before_split,  aggregate_in_row_expression, same_rows_on_both_sides,
    group_ignored,        time_shuffled,         target_as_feature,           partition_used_to_choose,
    best_score_reported,  fitted_on_scored_rows, trained_on_scored_rows,      aggregated_source,
    fitted_member,        seed_chosen,
};

}  // namespace mlpc::leakage
