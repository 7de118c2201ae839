// A whole experiment, resolved and typed: what the compiler hands to the runtime.
#pragma once

#include "runtime/core/dataflow.h"

#include <optional>
#include <string>
#include <vector>

namespace mlpc {

struct ColumnSpec {
    std::string name;  // or the pattern
    enum class Which { Named, Pattern, Others } which = Which::Named;
    ColumnType type = ColumnType::Numeric;
    bool target = false, id = false, group = false, time = false, weight = false, optional = false, known_after_target = false;
    bool fold = false;                                  // of `folds by`: it says where rows belong, and is no feature
    bool from_target = false;                           // derived from the target, or from a column known after it
    std::string positive;                               // of a target
    TargetTransform transform = TargetTransform::None;  // of a target
    Levels levels;                                      // Ordinal
    std::optional<Interval> range;
    Levels allowed;
    Span span;
    bool is_feature() const { return !target && !id && !group && !time && !weight && !known_after_target && !fold; }
};
// A step of a `data` declaration, applied to all rows in order.
struct DataStep {
    const ComponentInfo* component = nullptr;
    ParamValues params;
    std::vector<NamedExpression> named;
    Span span;
};
struct CheckSpec {
    Expression condition;
    bool warn = false;
    std::string text;
    Span span;
};
// An argument of a source beside its path. A Word stands for the environment variable of that name: `url: env("DATABASE_URL")`.
struct SourceArgument {
    std::string name;
    ParamValue value;
    Span span;  // of the source, where the file leaves the argument out
};
struct DataSpec {
    std::string name;
    std::optional<DataId> base;  // another data set that this one continues
    std::string path;            // of a file; as written
    std::string resolved_path;   // below the root of the project
    std::string format = "csv";  // the source by name
    std::vector<SourceArgument> arguments;
    std::string folder;               // where relative paths in arguments begin: that of the experiment's file
    std::vector<ColumnSpec> columns;  // after the steps
    std::vector<ColumnSpec> file_columns;
    std::vector<std::string> ignored;
    std::vector<DataStep> steps;
    std::vector<CheckSpec> checks;
    NodeId value;    // the table after its steps, before it is split
    Span span;       // of the name
    Span path_span;  // of the path
    const ColumnSpec* target() const;
    const ColumnSpec* time() const;
};

struct TestSpec {
    enum class Kind { None, Share, Since, File } kind = Kind::None;
    double share = 0;
    double since = 0;  // days since 1970-01-01
    std::string path, resolved_path;
    bool stratified = false, grouped = false, shuffled = true;
    std::uint64_t seed = 0;
    Span span;
};
struct FoldsSpec {
    enum class Kind { KFold, Forward, LeaveOneGroup, ByColumn } kind = Kind::KFold;
    std::int64_t k = 5;
    std::int64_t repeat = 1;
    double gap_days = 0;
    std::string column;  // ByColumn
    bool stratified = false, grouped = false, shuffled = true;
    std::optional<std::uint64_t> seed;
    Span span;
};
enum class DuplicatesPolicy { Error, Group, Drop };
struct SplitSpec {
    DataId data;
    TestSpec test;
    std::optional<FoldsSpec> folds;
    std::optional<FoldsSpec> outer;
    DuplicatesPolicy duplicates = DuplicatesPolicy::Error;
    Span duplicates_span;
    Span span;
};

struct MetricSpec {
    const ComponentInfo* component = nullptr;
    ParamValues params;
    std::string text;  // as it would stand in the file: "f1(macro)"
    Span span;
};
// One model that a search may choose, unrolled for each stage. All NodeIds are of the experiment's dataflow.
struct Stage {
    NodeId score;                  // Selection or Performance, by the search's metric
    std::vector<NodeId> measures;  // the same by the search's measures that are metrics, in their order
    NodeId train_score;            // Training
    NodeId prediction;             // of the scored rows
    NodeId train_prediction;
    NodeId model;  // the FitModel
};
struct Candidate {
    std::string model;
    Span span;
    Stage fold;                  // fit on Fit, scored on Scored
    std::optional<Stage> outer;  // fit on Train, scored on Outer
    Stage final;                 // fit on AllTrain, scored on Test (no score where there is no test)
};
// Something measured of every trial beside the search's first goal.
struct MeasureSpec {
    enum class Kind { Metric, FitSeconds, Reported };  // Reported: a number that an objective's command prints under this name
    Kind kind = Kind::Metric;
    std::string name;
    MetricSpec metric;                  // Metric
    std::optional<bool> goal_maximize;  // it is a goal too; nullopt: constraints alone name it
};
struct ResultConstraint {
    Expression condition;  // over names of measures
    std::string text;
    Span span;
};
// `objective NAME(parameters) = …`: what is searched in place of models.
struct ObjectiveSpec {
    std::string name;
    std::vector<std::pair<std::string, Binding>> parameters;
    std::optional<Expression> formula;  // over the parameters' names
    std::vector<std::string> command;   // program and arguments, where there is no formula
    std::string folder;                 // where it is started: that of the experiment's file
    std::optional<double> timeout_seconds;
    Span span;
};
struct SearchSpec {
    std::string name;
    std::uint32_t split = 0;
    std::vector<Candidate> candidates;
    SearchSpace space;  // dimension 0 chooses the candidate where there are several
    const ComponentInfo* method = nullptr;
    ParamValues method_params;
    std::string method_text;
    std::int64_t batch = 0;  // 0: as many as wished (methods that do not learn from results)
    MetricSpec metric;
    bool maximize = true;
    std::vector<MeasureSpec> measures;
    std::vector<ResultConstraint> result_constraints;
    std::optional<std::uint32_t> objective;  // of Experiment::objectives, the one candidate; then there is no split
    const ComponentInfo* pruner = nullptr;
    ParamValues pruner_params;
    std::vector<Assignment> first;         // points to evaluate before those of the method
    std::optional<std::int64_t> patience;  // `stop early N`: so many trials without a better one
    std::optional<std::int64_t> failures;  // `stop after N failures`: in a row
    std::int64_t executions = 1;           // of each trial, under random numbers of their own
    bool implicit = false;                 // stands for a plain model, as it stands
    NodeId chosen;
    std::optional<double> budget_seconds;
    Span span;
};
struct GateSpec {
    Expression condition;  // over metric names
    std::string text;
    Span span;
};
struct EvaluateSpec {
    std::uint32_t search = 0;
    std::vector<MetricSpec> metrics;
    std::vector<std::string> slices;  // `errors by`: columns
    std::vector<GateSpec> gates;
    Span span;
};
// One name of `compare`.
struct ComparedModel {
    std::string name;                        // as written
    std::uint32_t search = 0;                // an implicit search for a plain model
    std::optional<std::uint32_t> candidate;  // for whose best trial it stands; nullopt: for the winner of the search
    Span span;
};
// `compare a, b, …`: their searches share the split and the metric.
struct CompareSpec {
    std::vector<ComparedModel> models;
    Span span;
};
// `fit NAME = model on DATA`
struct FitSpec {
    std::string name;
    std::uint32_t search = 0;  // whose winner it is (an implicit search for a plain model)
    DataId data;
    RowParts rows = rows::All;
    std::vector<Stage> stages;  // by candidate of the search
    Span span;
};
struct SaveSpec {
    std::optional<std::uint32_t> search, fit;
    std::string name, path;
    Span span;
};
// `source NAME = torchscript("…") { … }`: a pre-trained network.
struct PretrainedSpec {
    std::string name;
    const ComponentInfo* component = nullptr;  // of its format, a Pretrained
    ParamValues params;
    std::string path, resolved_path;
    std::string sha256;                   // that the file declares; empty: none
    std::vector<std::string> trained_on;  // names, or paths of data of this project
    std::string licence;
    Span span;       // of the name
    Span path_span;  // of the path
};
struct ReportSpec {
    std::string path;
    Span span;
};
struct SeedsSpec {
    std::vector<std::uint64_t> values = {0};
    bool vary_split = true, vary_init = true, vary_search = true;
    Span span;
};

struct Experiment {
    std::vector<Node> nodes;
    std::vector<DataSpec> data;
    std::vector<SplitSpec> splits;
    std::vector<ObjectiveSpec> objectives;
    std::vector<SearchSpec> searches;
    std::vector<EvaluateSpec> evaluations;
    std::vector<CompareSpec> comparisons;
    std::vector<FitSpec> fits;
    std::vector<SaveSpec> saves;
    std::vector<ReportSpec> reports;
    std::vector<PretrainedSpec> pretrained;
    std::vector<std::shared_ptr<const ComponentInfo>> declared;  // components that the file makes itself: its networks
    SeedsSpec seeds;
    std::vector<std::pair<std::string, std::string>> allowed;  // code, reason

    const Node& node(NodeId id) const { return nodes[id.index]; }
    // Whether a search stands for a plain model that `compare` alone asks for.
    bool is_only_compared(std::uint32_t search) const;
};

}  // namespace mlpc
