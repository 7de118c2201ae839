// L106: the same file on both sides of a split. Equal contents under two names are found when the files are read.
#include "compiler/leakage/rules.h"

#include <algorithm>

namespace mlpc::leakage {

namespace {

// Two queries of one database are not taken for the same rows.
bool same_source(const DataSpec& a, const DataSpec& b) {
    return a.resolved_path == b.resolved_path && std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                                                            [](const SourceArgument& x, const SourceArgument& y) { return x.value == y.value; });
}

}  // namespace

void same_rows_on_both_sides(const plan::Plan& plan, Diagnostics& diags) {
    for (const SplitSpec& split : plan.splits) {
        const DataSpec& data = plan.data[split.data.index];
        if (split.test.kind == TestSpec::Kind::File && split.test.resolved_path == data.resolved_path) {
            diags.report(split.test.span, diag::SameRowsOnBothSides, fmt::format("`{}`", split.test.path), data.name)
                .note(data.path_span, "the rows that are learned from")
                .help("name a file with other rows, or hold some out with `test 20%`");
        }
    }
    for (const FitSpec& fit : plan.fits) {
        const DataSpec& fitted = plan.data[fit.data.index];
        const DataSpec& scored = plan.data[plan.splits[plan.searches[fit.search].split].data.index];
        if (fitted.name != scored.name && same_source(fitted, scored) && !fitted.base && !scored.base) {
            diags.report(fit.span, diag::SameRowsOnBothSides, fmt::format("`{}`", fitted.path), scored.name)
                .note(fitted.path_span, "fitted on this file")
                .note(scored.path_span, "scored on the same file");
        }
    }
    for (std::size_t a = 0; a < plan.splits.size(); ++a) {
        const SplitSpec& split = plan.splits[a];
        for (const DataSpec& other : plan.data) {
            const DataSpec& data = plan.data[split.data.index];
            if (split.test.kind == TestSpec::Kind::File && other.name != data.name && !other.base &&
                other.resolved_path == split.test.resolved_path && other.resolved_path != data.resolved_path) {
                for (const SearchSpec& search : plan.searches) {
                    if (!search.objective && plan.data[plan.splits[search.split].data.index].name == other.name) {
                        diags.report(split.test.span, diag::SameRowsOnBothSides, fmt::format("`{}`", split.test.path), data.name)
                            .note(other.path_span, "a search learns from this file");
                    }
                }
            }
        }
    }
}

}  // namespace mlpc::leakage
