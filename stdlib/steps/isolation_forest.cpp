// A column that says how unlike the others a row is.
#include "runtime/core/error.h"
#include "stdlib/models/features.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/isolation_trees.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

using steps::IsolationParams;

constexpr const char* score_name = "anomaly_score";

const Schema<IsolationParams>& isolation_schema() {
    static const Schema<IsolationParams> fields{
        field(&IsolationParams::trees,
              {.name = "trees", .doc = "How many trees the score is a mean over", .valid = {.low = 1}, .search = {.low = 50, .high = 300}}),
        field(&IsolationParams::sample, {.name = "sample",
                                         .doc = "Rows that each tree is grown on, drawn without replacement; all where there are fewer",
                                         .valid = {.low = 2},
                                         .search = {.low = 64, .high = 1024, .log = true}}),
    };
    return fields;
}

class FittedIsolationForest : public FittedStep {
public:
    FittedIsolationForest() = default;
    FittedIsolationForest(std::vector<std::string> names, std::vector<models::Tree> trees, std::size_t rows, std::int64_t sample)
        : names_(std::move(names)), trees_(std::move(trees)), rows_(rows), sample_(sample) {}

    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "isolation_forest");
        const Dense dense = models::checked_features(x, "isolation_forest");
        const Vector scores = steps::isolation_scores(trees_, dense.matrix(), rows_, sample_);
        const Frame parts[] = {x, Frame::from_matrix(scores, {score_name})};
        return Frame::concatenate(parts);
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("trees", trees_);
        a.field("rows", rows_);
        a.field("sample", sample_);
        if (!a.reading()) {
            return;
        }
        if (trees_.empty() || rows_ < 1 || sample_ < 2) {
            throw RunError("the saved state of `isolation_forest` holds no trees; the file is damaged");
        }
        for (const models::Tree& tree : trees_) {
            tree.check(names_.size(), 1);
        }
    }

private:
    std::vector<std::string> names_;
    std::vector<models::Tree> trees_;
    std::uint64_t rows_ = 0;
    std::int64_t sample_ = 0;
};

class IsolationForest : public Step {
public:
    explicit IsolationForest(IsolationParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        if (x.rows() == 0) {
            throw RunError("`isolation_forest` got no rows to learn from");
        }
        if (x.find(score_name) != x.columns()) {
            throw RunError(fmt::format("`isolation_forest` adds a column `{}`, and there is one already; rename or drop it before", score_name));
        }
        const Dense dense = models::checked_features(x, "isolation_forest");
        return std::make_unique<FittedIsolationForest>(x.names(), steps::grow_isolation_trees(dense.matrix(), params_, context), x.rows(),
                                                       params_.sample);
    }

private:
    IsolationParams params_;
};

}  // namespace

void add_isolation_forest(Catalog& catalog) {
    ComponentInfo info;
    info.name = "isolation_forest";
    info.kind = ComponentKind::Step;
    info.summary = "Adds a column `anomaly_score`, from 0 to 1: the fewer random cuts part a row from the others, the greater";
    info.source = "Liu, Ting, Zhou 2008: Isolation Forest";
    info.example = "isolation_forest(trees: 100)";
    info.random = true;
    info.params = specs_of(isolation_schema());
    info.effect = always(Effect::Learned);
    info.accepts = number_types;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<IsolationForest>(read_params(isolation_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedIsolationForest>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
