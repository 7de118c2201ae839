// What a network is told of the rows that it is fitted on, from the file to the fit: their groups or times, so that the rows that it holds
// back keep to them (L113).
#include "compiler/lower/lower.h"
#include "runtime/core/error.h"
#include "runtime/engine/engine.h"
#include "runtime/search/prepare.h"
#include "stdlib/models/outcome.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <mutex>
#include <set>

namespace mlpc {
namespace model_roles_test {

struct Fit {
    std::size_t rows = 0;
    RowRoles roles;
};
std::mutex mutex;
std::vector<Fit> fits;

class FittedRecorder final : public FittedModel {
public:
    explicit FittedRecorder(const Target& y) : outcome_(models::OutcomeSchema::of(y)) {}
    Prediction predict(const Frame& x) const override { return outcome_.numbers(Vector::Zero(static_cast<Eigen::Index>(x.rows()))); }
    void archive(Archive& a) override { outcome_.archive(a); }

private:
    models::OutcomeSchema outcome_;
};

class Recorder final : public Model {
public:
    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const std::lock_guard lock(mutex);
        fits.push_back({x.rows(), context.roles != nullptr ? *context.roles : RowRoles()});
        return std::make_unique<FittedRecorder>(y);
    }
};

// The standard library with `network` recording what it is told.
const Catalog& recording_catalog() {
    static const Catalog catalog = [] {
        Catalog made;
        for (const ComponentInfo* info : standard_library().all()) {
            ComponentInfo copy = *info;
            if (copy.kind == ComponentKind::Model && copy.name == "network") {
                copy.make_model = [](const ParamValues&) { return std::make_unique<Recorder>(); };
            }
            made.add(std::move(copy));
        }
        return made;
    }();
    return catalog;
}

// Fits the network of the one trial on every fold.
void run(const std::string& data, const std::string& split) {
    const test::ScratchDirectory directory;
    std::string csv = "who,day,x,y\n";
    for (int row = 0; row < 60; ++row) {
        csv += fmt::format("p{},2024-{:02}-{:02},{},{}\n", row % 12, 1 + row / 28, row % 28 + 1, row, row * 7 % 13);
    }
    directory.write("rows.csv", csv);
    const std::string path = directory.write("roles.mlp", fmt::format(R"(edition 1

seed 1

data rows = csv("rows.csv") {{
  x: numeric
  y: numeric target
{}}}

split rows {{
{}}}

network net {{
  dense(2)
  train adam {{
    epochs 1
    stop early 1
  }}
}}

search best over net {{
  method random(trials: 1)
  minimize mae
}}
)",
                                                                      data, split));
    const Experiment e = lower(test::plan_of(path, recording_catalog()));
    const PreparedData prepared = prepare(e, recording_catalog(), nullptr);
    Engine engine(e, prepared.datasets, prepared.splits, {});
    fits.clear();
    const Assignment point(e.searches.at(0).space.dimensions.size());
    std::vector<Request> requests;
    for (int fold = 0; fold < 3; ++fold) {
        requests.push_back({e.searches.at(0).candidates.at(0).fold.score, Context{0, 0, -1, fold}, &point});
    }
    for (const Result& result : engine.values(requests)) {
        EXPECT_EQ(result.failure, "");
    }
    EXPECT_EQ(fits.size(), 3u);
}

TEST(NetworkRoles, GroupsOfTheRowsOfEachFoldReachTheNetwork) {
    run("  who: text group\n  ignore day\n", "  folds 3 grouped\n");
    for (const Fit& fit : fits) {
        EXPECT_EQ(fit.roles.groups.size(), fit.rows);
        EXPECT_EQ(std::set<std::int32_t>(fit.roles.groups.begin(), fit.roles.groups.end()).size(), 8u) << "of twelve, four are scored";
        EXPECT_TRUE(fit.roles.times.empty());
    }
}

TEST(NetworkRoles, TimesOfTheRowsOfEachFoldReachTheNetwork) {
    run("  day: date time\n  ignore who\n", "  folds forward 3\n");
    std::set<std::size_t> sizes;
    for (const Fit& fit : fits) {
        EXPECT_EQ(fit.roles.times.size(), fit.rows);
        sizes.insert(fit.rows);
    }
    EXPECT_EQ(sizes.size(), 3u);
}

TEST(NetworkRoles, ThereAreNoneWhereTheDataDeclareNone) {
    run("  ignore who, day\n", "  folds 3\n");
    for (const Fit& fit : fits) {
        EXPECT_TRUE(fit.roles.groups.empty() && fit.roles.times.empty());
    }
}

}  // namespace model_roles_test
}  // namespace mlpc
