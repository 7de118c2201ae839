// L117: a pre-trained network that was trained on the file which the scored rows come from. Equal contents under two names are found when
// the files are read.
#include "compiler/leakage/rules.h"

#include <filesystem>

namespace mlpc::leakage {

namespace {

const DataSpec& root_of(const plan::Plan& plan, const DataSpec& data) { return data.base ? root_of(plan, plan.data[data.base->index]) : data; }

}  // namespace

void trained_on_scored_rows(const plan::Plan& plan, Diagnostics& diags) {
    for (const PretrainedSpec& source : plan.pretrained) {
        for (const std::string& trained : source.trained_on) {
            for (const SplitSpec& split : plan.splits) {
                const DataSpec& data = plan.data[split.data.index];
                const std::string path = (std::filesystem::path(data.folder) / trained).lexically_normal().string();
                const bool test_file = split.test.kind == TestSpec::Kind::File;
                const std::string& scored = test_file ? split.test.resolved_path : root_of(plan, data).resolved_path;
                const bool folds_score = split.outer.has_value() && root_of(plan, data).resolved_path == path;
                if ((split.test.kind != TestSpec::Kind::None && scored == path) || folds_score) {
                    diags.report(source.span, diag::TrainedOnScoredRows, source.name, trained, data.name)
                        .note(test_file && !folds_score ? split.test.span : data.path_span, "the rows that are scored")
                        .help("score on rows of another file: `test \"other.csv\"`");
                    return;
                }
            }
        }
    }
}

}  // namespace mlpc::leakage
