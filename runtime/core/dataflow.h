// The dataflow that an experiment is: what is read, which rows are taken, what is fitted on them, what is scored. The compiler proves
// it leak-free and rewrites it; the engine runs it.
#pragma once

#include "runtime/core/component.h"
#include "runtime/core/span.h"
#include "runtime/core/target_transform.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace mlpc {

struct NodeId {
    std::uint32_t index = 0;
    friend auto operator<=>(NodeId, NodeId) = default;
};
struct DataId {
    std::uint32_t index = 0;
    friend auto operator<=>(DataId, DataId) = default;
};

// The parts into which a split cuts the rows of a data set, for one (symbolic) outer fold and one (symbolic) inner fold.
// Every row is in exactly one. Without outer folds Outer is empty.
namespace rows {
inline constexpr std::uint8_t Fit = 1;     // an inner fold is fitted on these
inline constexpr std::uint8_t Scored = 2;  // and scored on these
inline constexpr std::uint8_t Outer = 4;   // the outer fold is scored on these
inline constexpr std::uint8_t Test = 8;    // held out until `evaluate`
inline constexpr std::uint8_t Train = Fit | Scored;
inline constexpr std::uint8_t AllTrain = Fit | Scored | Outer;
inline constexpr std::uint8_t All = 15;
}  // namespace rows
using RowParts = std::uint8_t;
// "fit+scored", for printing.
std::string to_string_rows(RowParts);

// Columns that a combination makes of what its members predict, for its final learner: their names begin so.
inline constexpr std::string_view prediction_column_prefix = "prediction of ";

// Which columns a branch takes; roles (target, id, group, time, weight, known after) are no features.
struct Selector {
    enum class Kind { Features, Type, Names, Pattern, Accepted, Rest, Predictions, NoPredictions };
    Kind kind = Kind::Features;
    ColumnType type = ColumnType::Numeric;
    ColumnTypes accepted = any_type;  // Accepted: features of these types; Rest: every other column
    std::vector<std::string> names;   // Features: these too, whatever their role
    std::string pattern;
    std::vector<std::string> except;  // columns that another branch of the pipeline names
};

// A parameter's value, or the dimension of the search that decides it.
using Binding = std::variant<ParamValue, DimensionId>;

enum class NodeKind {
    Source,       // a table: data
    Labels,       // the target of `data`
    Take,         // rows of input 0
    Select,       // columns of input 0
    Fit,          // state of a step from values [x] or [x, labels]
    Apply,        // [state, x]
    Transform,    // a row-wise step without state, before or after the rows are taken: [x]
    LookBack,     // columns from earlier rows of each series, on whole data: [x]
    Filter,       // row-selecting, on whole data: [x]
    Resample,     // training-only: [x, labels] gives a sample
    SampleX,      // the frame of a sample
    SampleY,      // the labels of a sample
    Concatenate,  // side by side
    Choice,       // one of the inputs, by `dimension`
    FitModel,     // [x, labels]
    Predict,      // [model, x]
    Restore,      // a prediction in the units of the target: [prediction]
    Score,        // [prediction, labels, groups?, chosen?]
    Chosen,       // the winner of a search: [scores…]; what is fitted with its parameters depends on it
    Objective,    // the result of Experiment::objectives[objective] under `params`: []
    GivenRows,    // of a LearnerFlow: the rows that it is fitted on
    GivenLabels,  // of a LearnerFlow: their labels
    AskedRows,    // of a LearnerFlow: the rows that it predicts
};
std::string_view name_of(NodeKind);

enum class Purpose {
    Selection,    // to choose among trials
    Performance,  // to be reported as how well the result does
    Training,     // to show the gap; never called performance
};

struct Node;
// A model as an argument of a node's component, with all its steps: a dataflow of its own, from the rows that the component gives it to
// its predictions. It names nothing outside of itself, so that no learned state can be shared with the component's inner folds or between
// them.
struct LearnerFlow {
    std::string name;         // as the file has it: "forest"
    std::vector<Node> nodes;  // NodeIds are of this list; its leaves are the first three: GivenRows, GivenLabels, AskedRows
    NodeId prediction;
};

struct Node {
    NodeKind kind = NodeKind::Source;
    std::vector<NodeId> inputs;  // earlier nodes
    const ComponentInfo* component = nullptr;
    std::vector<Binding> params;                        // by position in the component's schema
    std::vector<NamedExpression> named;                 // derive
    Effect effect = Effect::RowWise;                    // of Fit, Transform, LookBack, Filter, Resample: under every value of its open parameters
    Selector selector;                                  // Select
    RowParts rows = 0;                                  // Take, Labels, and where there are learners
    DataId data;                                        // Source, Labels, Take, Select, and where there are learners, LookBack
    DimensionId dimension;                              // Choice
    TargetTransform transform = TargetTransform::None;  // Labels, Restore
    std::uint32_t objective = 0;                        // Objective
    std::uint32_t search = 0;                           // Choice, Chosen, and open parameters: whose space
    Purpose purpose = Purpose::Selection;
    std::string stream;                 // name of its random numbers: place in the plan, "forest/random_forest"
    std::vector<LearnerFlow> learners;  // Fit, FitModel: arguments of its component, which is fitted on `rows` of `data`
    Span span;
};

// Whether random numbers reach what fitting the node gives: those of its component or of its learners.
bool draws_random(const Node&);

}  // namespace mlpc
