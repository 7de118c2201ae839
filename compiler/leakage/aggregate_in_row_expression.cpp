// L105: an aggregate inside a row-wise expression.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void aggregate_in_row_expression(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::AggregateUse& use : plan.aggregates) {
        diags.report(use.span, diag::AggregateInRowExpression, use.aggregate, "a row-wise expression may use its own row only")
            .help("a step that learns it from the training rows of each fold does what is meant: `scale(standard)` centres, `impute(mean)` fills");
    }
}

}  // namespace mlpc::leakage
