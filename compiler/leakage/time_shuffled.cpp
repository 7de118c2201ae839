// L109: a `time` column and a split that shuffles it.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void time_shuffled(const plan::Plan& plan, Diagnostics& diags) {
    for (const SplitSpec& split : plan.splits) {
        const ColumnSpec* time = nullptr;
        for (const ColumnSpec& column : plan.data[split.data.index].columns) {
            time = column.time ? &column : time;
        }
        if (time == nullptr) {
            continue;
        }
        if (split.test.kind == TestSpec::Kind::Share) {
            diags.report(split.test.span, diag::TimeShuffled, time->name)
                .note(time->span, "the time")
                .help("hold out the latest rows: `test from 2024-01-01`");
        }
        for (const auto* folds : {&split.folds, &split.outer}) {
            if (*folds && (*folds)->kind == FoldsSpec::Kind::KFold) {
                diags.report((*folds)->span, diag::TimeShuffled, time->name)
                    .note(time->span, "the time")
                    .help(fmt::format("score what comes later: `folds forward {}`", (*folds)->k));
            }
        }
    }
}

}  // namespace mlpc::leakage
