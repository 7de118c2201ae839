// The Plan: the experiment's dataflow and everything the leakage rules need to know of how the file said it.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "runtime/core/experiment.h"

#include <string>
#include <vector>

namespace mlpc::plan {

// A place where the file names a partition: `on churn.test`, `validate: churn.train`.
struct PartitionUse {
    enum class Where { SearchOn, Argument, Gate };
    Where where = Where::Argument;
    std::string partition;  // "churn.test"
    RowParts rows = 0;
    std::string by;  // the component or search
    Span span;
};
// A member of stack() or vote().
struct Combined {
    std::string combination, member;
    bool already_fitted = false;  // a fit or a search result
    Span span, declared;
};
// A feature that is named although its role forbids it.
struct FeatureUse {
    std::string column, role;  // "the target", "an id", "computed from the target", "known after the target"
    Span span, declared;
};
// A seed that is not written as a literal.
struct ComputedSeed {
    std::string text;
    Span span;
};
// A fitted name and where it is evaluated.
struct FittedUse {
    std::string name, data;
    RowParts fitted_on = 0;
    Span evaluated, fitted;
};
struct AggregateUse {
    std::string step, aggregate;
    Span span;
};

// Something of edition 1 that this version can check but not run.
struct Unavailable {
    std::string what;  // "`tfidf`", "a `network`"
    Span span;
};

// What the layers of a network give at one corner of its space.
struct NetworkTable {
    struct Row {
        std::string layer, gives;     // "conv(32)", "an image of 28 × 28 × 32"
        std::int64_t parameters = 0;  // that it learns; TensorShape::unknown before the data are read
        std::size_t depth = 0;        // of a chain that is a layer's argument
    };
    std::vector<Row> rows;
    std::int64_t parameters = 0;  // of all rows as far as they are known
    bool all_known = true;
};
// A network of the file as one model uses it, where it has the fewest and the most parameters.
struct NetworkPlan {
    std::string name, training;
    NetworkTable smallest, largest;
    std::size_t corners = 1;  // that were looked at
};

struct Plan : Experiment {
    std::vector<Unavailable> unavailable;
    std::vector<PartitionUse> partition_uses;
    std::vector<Combined> combinations;
    std::vector<FeatureUse> feature_uses;
    std::vector<ComputedSeed> computed_seeds;
    std::vector<FittedUse> fitted_uses;
    std::vector<AggregateUse> aggregates;
    std::vector<NetworkPlan> networks;
};

// The plan as text, a node a line: what `--emit=plan` prints and tests compare.
std::string print(const Plan&);

}  // namespace mlpc::plan
