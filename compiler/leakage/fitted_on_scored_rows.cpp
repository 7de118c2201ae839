// L116: a model fitted on all rows evaluated on some of them.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void fitted_on_scored_rows(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::FittedUse& use : plan.fitted_uses) {
        diags.report(use.fitted, diag::FittedOnScoredRows, use.name, use.data)
            .note(use.evaluated, "evaluated here")
            .help("evaluate the search or the model itself; the fit on all rows is for deployment");
    }
}

}  // namespace mlpc::leakage
