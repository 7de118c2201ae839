// L120: a seed that an expression could choose by its result.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void seed_chosen(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::ComputedSeed& seed : plan.computed_seeds) {
        diags.report(seed.span, diag::SeedChosen, seed.text).help("write the seeds out: `seeds 1..5` or `seeds {3, 7}`");
    }
}

}  // namespace mlpc::leakage
