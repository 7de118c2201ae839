// L110: an id, the target, or anything computed from the target as a feature.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void target_as_feature(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::FeatureUse& use : plan.feature_uses) {
        diags.report(use.span, diag::TargetAsFeature, use.column, use.role).note(use.declared, "declared here");
    }
    for (const SplitSpec& split : plan.splits) {
        const DataSpec& data = plan.data[split.data.index];
        for (const ColumnSpec& column : data.columns) {
            if (column.from_target && column.is_feature()) {
                diags.report(column.span, diag::TargetAsFeature, column.name, "is computed from the target").note(data.target()->span, "the target");
            }
        }
    }
}

}  // namespace mlpc::leakage
