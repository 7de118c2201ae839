// L108: a `group` column and a split that ignores it.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void group_ignored(const plan::Plan& plan, Diagnostics& diags) {
    for (const SplitSpec& split : plan.splits) {
        const ColumnSpec* group = nullptr;
        for (const ColumnSpec& column : plan.data[split.data.index].columns) {
            group = column.group ? &column : group;
        }
        if (group == nullptr) {
            continue;
        }
        const auto report = [&](Span clause) {
            const Span end{clause.file, clause.end, clause.end};
            diags.report(clause, diag::GroupIgnored, group->name)
                .note(group->span, "the group")
                .fix(end, " grouped", "add `grouped`")
                .help("add `grouped`");
        };
        if (split.test.kind == TestSpec::Kind::Share && !split.test.grouped) {
            report(split.test.span);
        }
        for (const auto* folds : {&split.folds, &split.outer}) {
            if (*folds && (*folds)->kind == FoldsSpec::Kind::KFold && !(*folds)->grouped) {
                report((*folds)->span);
            }
        }
    }
}

}  // namespace mlpc::leakage
