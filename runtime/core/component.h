// The interfaces that stdlib components implement, and the catalog that lists them.
#pragma once

#include "runtime/core/archive.h"
#include "runtime/core/param.h"
#include "runtime/core/rng.h"
#include "runtime/core/searcher.h"
#include "runtime/core/space.h"
#include "runtime/core/target.h"
#include "runtime/core/tensor_shape.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace mlpc {

class FitCheckpoint;

// What a component may know of the rows it is given; the leakage proof rests on it and the conformance tests verify it.
enum class Effect { RowWise, Learned, Supervised, TrainingOnly, RowSelecting, Backward };
std::string_view name_of(Effect);

// From Layer on: parts of networks.
enum class ComponentKind { Source, Step, Model, Metric, Splitter, Searcher, Pruner, Layer, Optimiser, Schedule, Loss, Augmentation, Pretrained };
std::string_view name_of(ComponentKind);

// What the data set declares of the rows that are fitted, an entry a row; empty where no column has the role.
struct RowRoles {
    std::vector<std::int32_t> groups;  // rows of one group stay on one side of every split
    std::vector<double> times;         // days; what is later must not teach what is scored before it
};

// One pass of a model that is trained in passes, a network above all.
struct Epoch {
    std::int64_t number = 0;  // from 1
    double train_loss = 0;
    double held_loss = missing_number, held_score = missing_number;  // on the rows held back to see when to stop: accuracy, or R²
    double rate = 0;                                                 // of learning, at its end
    double seconds = 0;
};

struct FitContext {
    Rng rng;
    const std::atomic<bool>* cancelled = nullptr;
    const RowRoles* roles = nullptr;  // for components that cut folds of their own; null: no role is declared
    // Told of every epoch as it ends, from the thread that fits; null: nobody listens.
    const std::function<void(const Epoch&)>* epoch_ended = nullptr;
    FitCheckpoint* checkpoint = nullptr;  // of this fit; null: nothing is kept of it before it has ended
    // Throws Cancelled; long fits call it now and then.
    void check_cancelled() const;
};

// --- steps --------------------------------------------------------------------------------------------------------
class FittedStep {
public:
    virtual ~FittedStep() = default;
    // As many rows as x, in order. Any row's result depends on that row and the fitted state alone.
    virtual Frame apply(const Frame& x) const = 0;
    virtual void archive(Archive&) = 0;
    // Where a parameter is a path: the state that fitting with this smaller value of it would have given, bit for bit; null where this
    // one does not hold it.
    virtual std::unique_ptr<FittedStep> restricted(const ParamValue&) const { return nullptr; }
};
// Effects RowWise, Learned and Supervised.
class Step {
public:
    virtual ~Step() = default;
    // `y` is null unless the effect is Supervised. A RowWise step must not read cells of x here (names and types only).
    virtual std::unique_ptr<FittedStep> fit(const Frame& x, const Target* y, FitContext&) const = 0;
};
// Effect TrainingOnly: changes the rows that a later step is fitted on, never those that are scored. Of a cross-fitted step beside its Step.
struct Sample {
    Frame x;
    Target y;
};
class Resampler {
public:
    virtual ~Resampler() = default;
    virtual Sample resample(const Frame& x, const Target& y, FitContext&) const = 0;
};
// Effect RowSelecting: positions of the rows to keep, ascending.
class RowSelector {
public:
    virtual ~RowSelector() = default;
    virtual RowIndex select(const Frame& x) const = 0;
};

// Effect Backward: columns computed from a row and from earlier rows of its series, on a whole data set in order of time; `lag`, `rolling`.
struct Series {
    std::vector<RowIndex> rows;  // of each series, by time, ties in file order; every row is in exactly one
    const Column* time = nullptr;
};
class Backward {
public:
    virtual ~Backward() = default;
    // x with the new columns behind it. A row's cells depend on rows before it in its series, and on itself where the component says so.
    virtual Frame extend(const Frame& x, const Series&) const = 0;
    // How many steps back the latest row lies that a row's new cells use: 0 where the row itself is used.
    virtual std::int64_t latest() const = 0;
};

// --- models -------------------------------------------------------------------------------------------------------
class FittedModel {
public:
    virtual ~FittedModel() = default;
    // Any row's prediction depends on that row and the fitted state alone.
    virtual Prediction predict(const Frame& x) const = 0;
    virtual void archive(Archive&) = 0;
    // As FittedStep::restricted.
    virtual std::unique_ptr<FittedModel> restricted(const ParamValue&) const { return nullptr; }
    // How much each feature column counts, not negative, in the order of the columns of fit: absolute coefficients (their mean over classes)
    // or impurity taken away (summing to 1). Empty where the model has no such notion.
    virtual std::vector<double> importances() const { return {}; }
    // How training went, an entry an epoch; empty where there are none, and of a model that was read.
    virtual std::vector<Epoch> epochs() const { return {}; }
};
class Model {
public:
    virtual ~Model() = default;
    // x: numeric columns without missing values unless the component says it takes them; y of a task it supports. Throws RunError.
    virtual std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const = 0;
    // Goes on from a state that this model gave with a smaller value of its resource parameter, all else equal (rows, other parameters, random
    // numbers): gives what fit would give, bit for bit. Null where that state does not tell enough.
    virtual std::unique_ptr<FittedModel> grow(const FittedModel&, const Frame&, const Target&, FitContext&) const { return nullptr; }
};
// A model that is an argument of another component, with all the steps before it: stack(a, b), calibrate(a), select_from_model(a). It takes
// the columns that the component is given, and the component fits it as often as it needs, on rows of its own choice.
class Learner : public Model {
public:
    // An empty state to read an archived one into.
    virtual std::unique_ptr<FittedModel> blank() const = 0;
};
using Learners = std::vector<std::shared_ptr<const Learner>>;

// --- metrics ------------------------------------------------------------------------------------------------------
class Metric {
public:
    virtual ~Metric() = default;
    // NaN where it is undefined on these rows (one class only, …).
    virtual double score(const Target& truth, const Prediction&) const = 0;
};
// Metrics that are a table: confusion. Rows are true classes, columns predicted ones.
class TableMetric {
public:
    virtual ~TableMetric() = default;
    virtual Matrix table(const Target& truth, const Prediction&) const = 0;
};

// --- splitters ----------------------------------------------------------------------------------------------------
struct SplitInput {
    std::size_t rows = 0;
    const std::vector<std::int32_t>* strata = nullptr;  // class (or a binned value) per row, where stratified
    const std::vector<std::int32_t>* groups = nullptr;  // where grouped, leave_one_group, by_column
    const std::vector<double>* times = nullptr;         // forward: days, any order
};
struct Part {
    RowIndex train, scored;  // ascending, disjoint
};
class Splitter {
public:
    virtual ~Splitter() = default;
    virtual std::vector<Part> split(const SplitInput&, Rng) const = 0;
};

// --- pre-trained networks -----------------------------------------------------------------------------------------
// A pre-trained network as it is: numbers for a row, of that row alone. May be asked by many threads at once.
class RowEncoder {
public:
    virtual ~RowEncoder() = default;
    virtual std::size_t width() const = 0;
    // rows × width() numbers into `out`, row by row.
    virtual void encode(const Frame& x, float* out) const = 0;
};

// --- the catalog --------------------------------------------------------------------------------------------------
using ColumnTypes = std::uint32_t;  // set of 1u << ColumnType
constexpr ColumnTypes types_of(std::initializer_list<ColumnType> list) {
    ColumnTypes set = 0;
    for (ColumnType t : list) {
        set |= 1u << static_cast<unsigned>(t);
    }
    return set;
}
inline constexpr ColumnTypes any_type =
    types_of({ColumnType::Numeric, ColumnType::Category, ColumnType::Ordinal, ColumnType::Boolean, ColumnType::Date, ColumnType::Text});
inline constexpr ColumnTypes number_types = types_of({ColumnType::Numeric, ColumnType::Boolean, ColumnType::Date});

struct ComponentInfo {
    std::string name;
    ComponentKind kind = ComponentKind::Step;
    std::string summary;        // one sentence, begins with a capital, no full stop
    std::string source;         // the algorithm's paper or book
    std::string example;        // as it would stand in a file
    std::uint32_t version = 1;  // part of content keys: raise when results change
    std::vector<ParamSpec> params;
    // How many leading parameters may be given without their name: 1 for `scale(standard)`.
    std::size_t positional = 1;
    // `derive(ratio: income / tenure)`: any name is accepted, its value is a row-wise expression; they go to make_* as named.
    bool named_expressions = false;

    // Draws random numbers when it is fitted: its content key then holds its stream (conformance tests verify that others do not).
    bool random = false;

    // Steps. The effect may depend on the arguments: impute(constant: 0) is row-wise.
    std::function<Effect(const ParamValues&)> effect;
    ColumnTypes accepts = any_type;                           // steps and models: column types that may come in
    bool takes_missing = false;                               // missing cells may come in
    bool takes_sparse = false;                                // reads Frame::sparse_rows(); others are given dense cells
    std::function<bool(const ParamValues&)> removes_missing;  // no cell is missing after it; null: leaves them
    std::optional<ColumnType> gives;                          // the type of every column that comes out; nullopt: as they came
    std::function<bool(const ParamValues&)> keeps_columns;    // one comes out for each, of its name, in order; null: not always
    std::function<std::unique_ptr<Step>(const ParamValues&, const std::vector<NamedExpression>&)> make_step;
    std::function<std::unique_ptr<Resampler>(const ParamValues&)> make_resampler;  // with make_step: cross-fitted, the fitted rows go on by this
    std::function<std::unique_ptr<RowSelector>(const ParamValues&)> make_row_selector;
    std::function<std::unique_ptr<Backward>(const ParamValues&, const std::vector<NamedExpression>&)> make_backward;
    std::function<std::unique_ptr<FittedStep>()> blank_step;  // for reading a saved one

    // Components that take models as leading arguments, before their parameters; `final_learner`: one more is given as `with MODEL` and
    // comes last. The make_* and blank_* functions above are then null, and these stand for them.
    std::size_t least_learners = 0, most_learners = 0;
    bool final_learner = false;
    // Holds some of its rows back from its learners. What stands before it in a chain is then fitted with each learner, on that learner's
    // rows, and FitContext::roles is filled.
    bool inner_folds = false;
    std::function<std::unique_ptr<Step>(const ParamValues&, const Learners&)> make_learner_step;
    std::function<std::unique_ptr<FittedStep>(const Learners&)> blank_learner_step;
    std::function<std::unique_ptr<Model>(const ParamValues&, const Learners&)> make_combination;
    std::function<std::unique_ptr<FittedModel>(const Learners&)> blank_combination;

    // Models and metrics.
    std::vector<Task> tasks;
    std::function<std::unique_ptr<Model>(const ParamValues&)> make_model;
    std::function<std::unique_ptr<FittedModel>()> blank_model;

    std::function<std::unique_ptr<Metric>(const ParamValues&)> make_metric;
    std::function<std::unique_ptr<TableMetric>(const ParamValues&)> make_table_metric;
    bool greater_is_better = true;
    Range range;  // of a metric's value

    std::function<std::unique_ptr<Splitter>(const ParamValues&)> make_splitter;
    std::function<std::unique_ptr<Searcher>(const ParamValues&, const SearchTask&)> make_searcher;
    bool many_goals = false;  // a searcher that looks for a front of several goals
    // Whether the searcher's proposals depend on measured times, which no two runs share; null: never.
    std::function<bool(const ParamValues&)> uses_time;
    std::function<std::unique_ptr<Pruner>(const ParamValues&, const PruneTask&)> make_pruner;

    // Layers: what comes out where `in` comes in, and how many parameters it learns, or a sentence that says why `in` does not fit. `chains`:
    // what comes out of the chains that are its arguments, each given `in`.
    std::function<std::variant<LayerShape, std::string>(const ParamValues&, const TensorShape& in, const std::vector<TensorShape>& chains)>
        layer_shape;
    std::size_t least_chains = 0, most_chains = 0;

    // Pretrained: opens the file. Throws RunError, saying what is wrong with it.
    std::function<std::shared_ptr<const RowEncoder>(const std::string& path, const ParamValues&)> open_encoder;
    bool trainable = false;  // can be a layer that is trained on

    // Position of the parameter with that name, or params.size().
    std::size_t find_param(std::string_view param) const;
    ParamValues default_params() const;
};

class Catalog {
public:
    void add(ComponentInfo);
    const ComponentInfo* find(ComponentKind, std::string_view name) const;
    std::vector<const ComponentInfo*> all() const;  // by kind, then name
    std::vector<std::string> names(ComponentKind) const;

private:
    std::map<std::pair<ComponentKind, std::string>, ComponentInfo, std::less<>> components_;
};

// --- writing a component ------------------------------------------------------------------------------------------
template <class P>
std::vector<ParamSpec> specs_of(const Schema<P>& schema) {
    std::vector<ParamSpec> specs;
    for (const auto& f : schema) {
        specs.push_back(f.spec);
    }
    return specs;
}
inline std::function<Effect(const ParamValues&)> always(Effect effect) {
    return [effect](const ParamValues&) { return effect; };
}

}  // namespace mlpc
