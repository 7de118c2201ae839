// L119: a combination learns from out-of-fold predictions, so its members must not be fitted yet.
#include "compiler/leakage/rules.h"

namespace mlpc::leakage {

void fitted_member(const plan::Plan& plan, Diagnostics& diags) {
    for (const plan::Combined& use : plan.combinations) {
        if (use.already_fitted) {
            diags.report(use.span, diag::FittedMember, use.member, use.combination).note(use.declared, "fitted here");
        }
    }
}

}  // namespace mlpc::leakage
