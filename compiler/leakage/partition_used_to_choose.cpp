// L112: the test partition used to choose. L113: validation on rows that the folds score.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void partition_used_to_choose(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::PartitionUse& use : plan.partition_uses) {
        if ((use.rows & rows::Test) != 0) {
            diags.report(use.span, diag::TestUsedToChoose, use.partition)
                .help("search and validate on training rows; the folds of the split do so by themselves");
        } else {
            diags.report(use.span, diag::ValidatedOnScoredRows, use.partition)
                .help(fmt::format("leave it out: `{}` validates on an inner part of the rows that it is fitted on", use.by));
        }
    }
}

}  // namespace mlpc::leakage
