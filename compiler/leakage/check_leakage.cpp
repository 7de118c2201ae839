#include "compiler/leakage/leakage.h"
#include "compiler/leakage/rules.h"

#include <algorithm>

namespace mlpc {

void check_leakage(const plan::Plan& plan, Diagnostics& diags) {
    for (const auto& rule : leakage::all_rules) {
        rule(plan, diags);
    }
    diags.retain([&](const Diagnostic& d) {
        return std::none_of(plan.allowed.begin(), plan.allowed.end(), [&](const auto& a) { return a.first == d.kind.code; });
    });
}

}  // namespace mlpc
