// The dataflow that an experiment is: what is read, which rows are taken, what is fitted on them, what is scored. The compiler proves
// it leak-free and rewrites it; the engine runs it.
#pragma once

#include "runtime/core/component.h"
#include "runtime/core/span.h"

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

// Which columns a branch takes; roles (target, id, group, time, weight, known after) are no features.
struct Selector {
    enum class Kind { Features, Type, Names, Pattern, Accepted, Rest };
    Kind kind = Kind::Features;
    ColumnType type = ColumnType::Numeric;
    ColumnTypes accepted = any_type;  // Accepted: features of these types; Rest: every other column
    std::vector<std::string> names;
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
    Filter,       // row-selecting, on whole data: [x]
    Resample,     // training-only: [x, labels] gives a sample
    SampleX,      // the frame of a sample
    SampleY,      // the labels of a sample
    Concatenate,  // side by side
    Choice,       // one of the inputs, by `dimension`
    FitModel,     // [x, labels]
    Predict,      // [model, x]
    Score,        // [prediction, labels]
    Chosen,       // the winner of a search: [scores…]; what is fitted with its parameters depends on it
};
std::string_view name_of(NodeKind);

enum class Purpose {
    Selection,    // to choose among trials
    Performance,  // to be reported as how well the result does
    Training,     // to show the gap; never called performance
};

struct Node {
    NodeKind kind = NodeKind::Source;
    std::vector<NodeId> inputs;  // earlier nodes
    const ComponentInfo* component = nullptr;
    std::vector<Binding> params;         // by position in the component's schema
    std::vector<NamedExpression> named;  // derive
    Effect effect = Effect::RowWise;     // of Fit, Transform, Filter, Resample: under every value of its open parameters
    Selector selector;                   // Select
    RowParts rows = 0;                   // Take, Labels
    DataId data;                         // Source, Labels, Take, Select
    DimensionId dimension;               // Choice
    std::uint32_t search = 0;            // Choice, Chosen, and open parameters: whose space
    Purpose purpose = Purpose::Selection;
    std::string stream;  // name of its random numbers: place in the plan, "forest/random_forest"
    Span span;
};

}  // namespace mlpc
