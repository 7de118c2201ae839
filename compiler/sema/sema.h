// The state that the parts of build_plan share: what is declared, the plan so far, where to report.
#pragma once

#include "compiler/sema/build_plan.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace mlpc::sema {

// --- what a chain says, resolved for one search -----------------------------------------------------------------
struct Pipe;
struct MemberPipe;
struct StepPipe {
    const ComponentInfo* component = nullptr;  // null: part of edition 1 that this version cannot run
    std::string name;
    std::vector<Binding> params;
    std::vector<NamedExpression> named;
    Effect effect = Effect::RowWise;
    std::string stream;
    std::vector<MemberPipe> members;  // models that are its arguments; the one after `with` last
};
struct SequencePipe {
    std::vector<Pipe> parts;
};
struct AlternativesPipe {
    DimensionId dimension;
    std::vector<Pipe> options;
};
struct BranchPipe;
struct BranchesPipe {
    std::vector<BranchPipe> branches;
    std::vector<Pipe> then;
};
struct Pipe {
    std::variant<SequencePipe, StepPipe, AlternativesPipe, BranchesPipe> node;  // an empty sequence is `none`
    Span span;
};
struct BranchPipe {
    Selector selector;
    Pipe pipe;
    Span span;
};
struct MemberPipe {
    std::string name;  // as written
    Pipe pipe;
};
// The name by which an alternative or an argument goes: that of its first component.
std::string head_name(const ast::Expr&);
// Branches choose their columns from the whole table; anything else is given the features.
bool starts_with_branches(const Pipe&);

// Columns of one type as they flow along a chain.
struct ColumnGroup {
    ColumnType type = ColumnType::Numeric;
    bool missing = false;
    std::string example;  // the column's name, for messages
    Span declared;
    bool prepared = false;  // by a step
    bool is_one = false;    // else it may stand for several columns, or for none
};
using Shape = std::vector<ColumnGroup>;

// What a name stands for.
struct Symbol {
    enum class Kind { Param, Data, Pipeline, Network, Source, Model, Search, Objective, Fit };
    Kind kind = Kind::Param;
    const ast::Declaration* declaration = nullptr;
    Span span;                // of the name
    std::uint32_t index = 0;  // Data: into plan.data; Search: into plan.searches; Fit: into plan.fits
    bool failed = false;      // its declaration has an error: say nothing more about it
};
std::string_view name_of(Symbol::Kind);

struct NetworkRecord;
// The model of the catalog that every network of a file is; files cannot name it.
inline constexpr const char* network_model = "network";

enum class ValueType { Number, Truth, Text, Unknown };
enum class ExpressionPlace { RowWise, Check, Where, Gate, Metric, Formula };

class Sema {
public:
    Sema(const Sources& sources, const Catalog& catalog, const Overrides& overrides, Diagnostics& diags)
        : sources_(sources), catalog_(catalog), overrides_(overrides), diags_(diags) {}
    plan::Plan build(const std::vector<ast::File>& files);

private:
    // names.cpp
    void collect(const std::vector<ast::File>& files);
    void declare(const ast::Name& name, Symbol::Kind kind, const ast::Declaration& declaration);
    Symbol* find(const std::string& name);
    // Reports when the name is not one of these kinds.
    Symbol* expect(const ast::Name& name, std::initializer_list<Symbol::Kind> kinds, const char* wanted);
    std::vector<std::string> names_of(std::initializer_list<Symbol::Kind> kinds) const;
    // Whether a file that could not be imported may declare any name: then no name is called unknown.
    bool is_import_missing() const;
    void check_edition(const std::vector<ast::File>& files);
    void resolve_params();
    void resolve_seeds(const ast::Seeds&, Span);
    void resolve_allow(const ast::Allow&, Span);

    // constants.cpp
    // The value of an expression that is known now: literals, `param` names, arithmetic on them; reports otherwise.
    std::optional<ParamValue> constant(const ast::Expr&);
    std::optional<double> constant_number(const ast::Expr&, const char* what);
    std::optional<std::int64_t> constant_integer(const ast::Expr&, const char* what, std::int64_t low);

    // expressions.cpp
    std::optional<Expression> expression(const ast::Expr&, ExpressionPlace, const std::vector<ColumnSpec>* columns, const std::string& owner);
    std::optional<Expression> truth(const ast::Expr&, ExpressionPlace, const std::vector<ColumnSpec>* columns, const std::string& owner);
    struct Typed {
        Expression expression;
        ValueType type = ValueType::Unknown;
    };
    std::optional<Typed> typed(const ast::Expr&);
    std::optional<Typed> typed_name(const std::string& name, Span span, bool quoted);
    std::optional<Typed> typed_binary(const ast::Binary&, Span);
    std::optional<Typed> typed_membership(const ast::Expr& operand, const ast::Expr& space, Span);
    std::optional<Typed> typed_call(const ast::Call&, Span);
    bool calls_metric(const ast::Call&) const;
    std::optional<Typed> typed_metric(const ast::Expr&);
    std::optional<Typed> typed_argument(const std::string& function, const ast::Arg&);
    void report_unknown_function(const ast::Name&);
    struct ExpressionScope {
        ExpressionPlace place = ExpressionPlace::RowWise;
        const std::vector<ColumnSpec>* columns = nullptr;
        std::string owner;
        const SearchSpace* space = nullptr;
        std::vector<std::string> names;  // Gate: the metrics; Where: results
        bool any_name = false;           // Where: what a program reports is known to it alone
    } scope_;
    const DataSpec* scored_data_ = nullptr;              // whose columns the arguments of a metric may name
    std::map<std::string, MetricSpec> called_in_where_;  // metrics with arguments, by how they are written there

    // data.cpp
    void resolve_data(const ast::Data&, Symbol&);
    bool resolve_source(const ast::Expr& source, DataSpec&);
    bool continue_data(const ast::Name& base, DataSpec&);
    bool resolve_source_call(const ast::Call&, Span, DataSpec&);
    bool resolve_source_path(const ast::Call&, Span, DataSpec&);
    bool resolve_source_arguments(const ComponentInfo&, const ast::Call&, Span, DataSpec&);
    // Of a server: a text without a password, or `env("NAME")`, which becomes a Word.
    std::optional<ParamValue> server_url(const ast::Expr&);
    void resolve_schema(const ast::Data&, DataSpec&);
    void resolve_schema_line(const ast::SchemaLine&, DataSpec&, std::set<std::string>& seen);
    TargetTransform transform_named(const ast::Modifier&, const ColumnSpec&);
    void apply_modifier(const ast::Modifier&, ColumnSpec&, const DataSpec&);
    void resolve_data_step(const ast::Expr& link, DataSpec&);
    bool add_backward_columns(const DataStep&, DataSpec&);  // reports what does not fit
    void resolve_check(const ast::Check&);
    std::string resolve_path(const std::string& path, Span span);
    bool is_pattern(const std::string& pattern, Span span);  // reports what is not a regular expression

    // splits.cpp
    void resolve_split(const ast::Split&, Span);
    void resolve_test(const ast::SplitClause&, SplitSpec&);
    FoldsSpec resolve_folds(const ast::SplitClause&, const SplitSpec&);
    // The split of a data set (or of the only data set that is split); null when there is none, with a report at `span`.
    std::optional<std::uint32_t> split_for(const ast::Expr* on, Span span);

    // arguments.cpp
    struct Arguments {
        std::vector<Binding> params;
        std::vector<NamedExpression> named;
        bool ok = true;
    };
    // `columns` for expressions; `prefix` for the names of dimensions; no `space`: an open parameter is an error.
    struct Opening {
        SearchSpace* space = nullptr;
        std::vector<Condition> conditions;
        std::string prefix;
    };
    Arguments arguments(const ComponentInfo&, std::span<const ast::Arg>, Span call, const std::vector<ColumnSpec>* columns, const Opening*);
    std::optional<Binding> bind(const ComponentInfo&, const ParamSpec&, const ast::Arg&, const std::vector<ColumnSpec>* columns, const Opening*);
    // `open`: the value is a space; `whole`: what is said to be open where nothing searches.
    std::optional<Binding> bind_value(const ComponentInfo&, const ParamSpec&, const ast::Expr& value, bool open, Span whole,
                                      const std::vector<ColumnSpec>* columns, const Opening*);
    std::optional<ParamValue> value_for(const ComponentInfo&, const ParamSpec&, const ast::Expr&, const std::vector<ColumnSpec>* columns);
    std::optional<Dimension> default_dimension(const ComponentInfo&, const ParamSpec&, Span);
    std::optional<Dimension> dimension_for(const ComponentInfo&, const ParamSpec&, const ast::Expr& space);
    bool range_dimension(const ComponentInfo&, const ParamSpec&, const ast::Range&, Span, Dimension&);
    bool prior_dimension(const ParamSpec&, const ast::Call&, Span, Dimension&);
    bool check_bounds(const ComponentInfo&, const ParamSpec&, double value, Span);
    DimensionId add_dimension(SearchSpace&, Dimension, const Opening&, const std::string& name);
    const ComponentInfo* component(ComponentKind, const ast::Name&);  // reports an unknown one
    // A component that must be known now: metrics, search methods. All parameters constant.
    std::optional<ParamValues> constant_params(const ComponentInfo&, const std::vector<ast::Arg>&, Span,
                                               const std::vector<ColumnSpec>* columns = nullptr);
    std::optional<ParamValue> metric_expression(const ast::Expr&, const std::vector<ColumnSpec>* columns);
    std::optional<ParamValue> metric_groups(const ComponentInfo&, const ast::Expr&);
    std::optional<MetricSpec> metric(const ast::Expr&, const DataSpec*);

    // chains.cpp
    struct ChainContext {
        const DataSpec* data = nullptr;
        SearchSpace* space = nullptr;
        std::vector<Condition> conditions;
        std::string model;  // prefix of dimension names and streams
        std::string place;  // "prep." inside a pipeline
        std::set<std::string> visiting;
    };
    std::optional<Pipe> chain(const ast::Expr&, ChainContext&);
    std::optional<Pipe> link(const ast::Expr&, ChainContext&);
    std::optional<Pipe> alternatives(const std::vector<ast::Expr>& options, Span, ChainContext&);
    std::optional<Pipe> call_link(const ast::Name& callee, const std::vector<ast::Arg>& args, const ast::Expr* with, Span, ChainContext&);
    std::optional<Pipe> pipeline(const ast::Pipeline&, ChainContext&);
    std::optional<Selector> selector(const ast::Expr&, const DataSpec&, const std::vector<std::string>& named_elsewhere);
    std::optional<Pipe> unavailable(std::string what, std::string name, Span);

    // networks.cpp, network_layers.cpp, network_repeats.cpp
    struct NetworkDraft;
    std::optional<Pipe> network(const ast::Network&, Span used, ChainContext&);
    void network_lines(const ast::Network&, NetworkDraft&);
    nlohmann::json network_input(const ast::Expr* selector, const nlohmann::json& layers, const std::vector<std::string>& named, Span, NetworkDraft&);
    nlohmann::json layers_of(const ast::Expr&, NetworkDraft&);
    nlohmann::json layers_of(std::span<const ast::Expr> links, NetworkDraft&);
    nlohmann::json layer(const ast::Name&, std::span<const ast::Arg>, Span, NetworkDraft&);
    nlohmann::json layer_alternatives(const std::vector<ast::Expr>& options, Span, NetworkDraft&);
    struct RepeatCount;
    std::optional<RepeatCount> repeat_count(const ast::Expr&, const ast::Name* named, bool each, NetworkDraft&);
    nlohmann::json repeated(const ast::Repeat&, NetworkDraft&);
    nlohmann::json repeated_lines(const ast::Repeat&, NetworkDraft&);
    nlohmann::json repeated_chain(std::span<const ast::Arg>, Span, NetworkDraft&);
    nlohmann::json variants(const ast::Repeat&, DimensionId, const ParamSpec&, NetworkDraft&);
    void report_unknown_layer(const ast::Name&);
    bool begins_with_selector(const ast::Expr&) const;

    // network_training.cpp
    nlohmann::json training(const ast::Train*, NetworkDraft&);
    nlohmann::json training_part(ComponentKind, const ast::Expr&, const std::string& label, NetworkDraft&);
    nlohmann::json training_alternatives(ComponentKind, const std::vector<ast::Expr>& options, Span, const std::string& label, NetworkDraft&);
    void training_setting(const ast::Clause&, nlohmann::json& train, NetworkDraft&);

    // network_shapes.cpp
    struct NetworkUse {
        std::shared_ptr<const NetworkRecord> network;
        std::vector<TensorShape> inputs;
    };
    // The columns that come in; what the layers give is checked when the space is known.
    Shape flow_network(const NetworkRecord&, Shape in, const DataSpec&);
    void check_networks(const SearchSpace&);
    void check_network(const NetworkUse&, const SearchSpace&);

    // pretrained.cpp
    void resolve_pretrained(const ast::Source&, Symbol&);
    bool pretrained_file(const ast::Expr&, PretrainedSpec&);
    void pretrained_clause(const ast::Clause&, PretrainedSpec&);
    bool pretrained_param(const char* name, const ast::Clause&, ParamValue, PretrainedSpec&);
    void pretrained_input(const ast::Clause&, PretrainedSpec&);
    void pretrained_normalisation(const ast::Clause&, PretrainedSpec&);
    std::optional<std::string> clause_text(const ast::Clause&, const char* wanted);
    // The source as the parameter `source` of steps, layers and models.
    ParamValue pretrained_value(const PretrainedSpec&) const;
    // Reports where the name is no source, or one that cannot be trained on.
    std::optional<ParamValue> trainable_source(const ast::Expr&, const std::string& user);
    std::optional<ParamValue> trainable_source(const ast::Name&, const std::string& user);
    std::optional<ParamValue> declared_network(const ast::Expr&);
    std::optional<Pipe> pretrained_link(const Symbol&, Span);

    // combinations.cpp
    std::optional<Pipe> combination(const ComponentInfo&, const std::vector<ast::Arg>&, const ast::Expr* with, Span, ChainContext&);
    std::optional<MemberPipe> member(const ast::Expr&, const std::string& combination, const std::string& name, ChainContext&);
    void check_members(const StepPipe&, Span, const Shape& in, const DataSpec&);
    // Whether its final learner may see the columns beside the predictions.
    static bool passes_columns_through(const StepPipe&);

    // shapes.cpp
    Shape features(const DataSpec&) const;
    Shape selected(const Shape&, const Selector&, const DataSpec&) const;
    std::string shown(const ColumnGroup&) const;
    Shape flow(const Pipe&, Shape in, const DataSpec&);
    Shape flow_step(const StepPipe&, Span, Shape in, const DataSpec&);
    bool ends_in_model(const Pipe&) const;
    // Told when all is resolved: a column that no branch takes may be what `errors by` or a metric asks for.
    struct UnusedColumns {
        const DataSpec* data;
        std::vector<const ColumnSpec*> columns;
        Span pipeline;
    };
    std::vector<UnusedColumns> unused_columns_;
    std::set<std::pair<std::string, std::string>> columns_of_scores_;  // data set, column
    void note_unused_columns(const BranchesPipe&, const DataSpec&, Span pipeline);
    void warn_unused_columns();

    // emit.cpp
    struct Rows {
        NodeId fit, fit_labels, scored, train;
    };
    struct Flow : Rows {
        std::optional<NodeId> model, prediction, train_prediction;
        Rows start;                       // as the chain is given them
        std::vector<const Pipe*> before;  // what has been done since
    };
    Flow emit(const Pipe&, Flow, std::uint32_t search);
    Flow emit_step(const StepPipe&, Span, Flow, std::uint32_t search);
    Flow emit_alternatives(const AlternativesPipe&, Span, const Flow&, std::uint32_t search);
    Flow emit_branches(const BranchesPipe&, Span, const Flow&, std::uint32_t search);
    NodeId add(Node);
    // learners.cpp
    Flow from_start(const StepPipe&, const Flow&, Span);
    std::vector<LearnerFlow> learners(const StepPipe&, const Flow&, Span, std::uint32_t search);
    LearnerFlow learner(const MemberPipe&, const std::vector<const Pipe*>& before, Span, std::uint32_t search);
    LearnerFlow final_learner(const MemberPipe&, const std::vector<const Pipe*>& before, Span, std::uint32_t search);
    Flow begin_learner(Span);
    Selector features_for(const Pipe&) const;

    NodeId data_node(DataId);
    TargetTransform transform_of(DataId) const;
    NodeId data_step_node(const DataStep&, DataId, NodeId x);
    NodeId select(NodeId x, Selector, DataId, Span);
    Stage emit_stage(const Pipe&, DataId, RowParts fit, RowParts scored, Purpose, const SearchSpec&, std::uint32_t search,
                     std::optional<NodeId> chosen);

    // objectives.cpp
    struct ObjectiveScope {
        ObjectiveSpec& objective;
        SearchSpace& space;
        std::vector<ColumnType>& types;  // by parameter
        std::vector<Condition> conditions;
        std::string prefix;  // "opt.sgd." inside of an alternative
    };
    void resolve_objective(const ast::Objective&, Symbol&);
    bool objective_parameters(const std::vector<ast::Arg>&, ObjectiveScope&);
    bool objective_parameter(const ast::Arg&, ObjectiveScope&);
    bool objective_alternatives(const ast::Arg&, const std::vector<const ast::Expr*>& options, ObjectiveScope&);
    std::optional<ParamValue> alternative_value(const ast::Expr&);
    std::optional<Dimension> objective_dimension(const ast::Arg&, const ObjectiveScope&);
    std::optional<Dimension> objective_set(const ast::Set&, Span);
    std::optional<ParamType> range_type(const ast::Range&);
    bool objective_command(const ast::Call&, Span, ObjectiveSpec&);
    bool objective_formula(const ast::Expr&, const std::vector<ColumnType>& types, ObjectiveSpec&);
    void search_objective(const ast::Search&, Symbol&);
    bool objective_goals(const ast::Search&, const ObjectiveSpec&, SearchSpec&);
    // Reports where a search has no rows, and no model to do what is `asked`: "`evaluate`".
    bool is_of_objective(std::uint32_t search, const ast::Name&, const char* asked);

    // experiments.cpp
    void resolve_search(const ast::Search&, Symbol&, Span);
    std::optional<std::uint32_t> implicit_search(const ast::Name& model, const ast::Expr* on, Span span);
    // Of the one configuration of a model that leaves nothing open; the same for equal arguments. Reports what is open, once.
    std::optional<std::uint32_t> plain_search(const ast::Name& model, std::uint32_t split, const MetricSpec&, Span span);
    std::string plain_search_name(const std::string& model, std::uint32_t split, const MetricSpec&) const;
    bool add_candidate(SearchSpec&, std::vector<Pipe>& pipes, const ast::Name& model, std::uint32_t choice, bool one_of_several);
    std::uint32_t finish_search(SearchSpec, std::vector<Pipe> pipes);
    ParamValue manual_points(const ast::Expr& list, const SearchSpace&);
    void resolve_unused(const std::vector<ast::File>&);
    void resolve_evaluate(const ast::Evaluate&, Span);
    void resolve_fit(const ast::Fit&, Symbol&, Span);
    void resolve_save(const ast::Save&, Span);
    void refuse_history_behind_filter(DataId, const ast::Save&);
    std::optional<MetricSpec> default_metric(const DataSpec&);
    void resolve_method(const ast::Search&, SearchSpec&);

    // comparisons.cpp
    struct ComparedName {
        const ast::Name* name = nullptr;
        std::optional<ComparedModel> model;  // nullopt: a plain model
    };
    void resolve_compare(const ast::Compare&, Span keyword);
    std::vector<ComparedModel> candidacies(const ast::Name& model) const;
    bool is_in_failed_search(const ast::Name& model) const;
    std::optional<std::uint32_t> compared_split(const std::vector<ComparedName>&, Span keyword);
    std::optional<ComparedName> compared_name(const ast::Name&);
    bool is_comparable(const std::vector<ComparedName>&);
    std::optional<MetricSpec> compared_metric(const std::vector<ComparedName>&, std::uint32_t split);

    // space_lints.cpp
    void lint_space(const ast::Search&, const SearchSpec&);
    void lint_values(const SearchSpace&);
    void lint_budget(const ast::Search&, const SearchSpec&);
    void lint_constraints(const SearchSpec&);
    void lint_choices(const SearchSpace&, const std::vector<Assignment>& points, const std::vector<Assignment>& feasible);

    // search_clauses.cpp
    void resolve_goals(const ast::Search&, const DataSpec&, SearchSpec&);
    std::optional<MetricSpec> goal_metric(const ast::Expr&, const ast::Clause& goal, const DataSpec&);
    // Adds what a condition names to the measures of the search; `data` null: an objective, whose program reports it.
    bool measure_named(const std::string& name, Span, const DataSpec* data, SearchSpec&);
    std::vector<std::string> result_names(const SearchSpec&) const;
    void resolve_condition(const ast::Expr&, const DataSpec*, SearchSpec&);
    void resolve_where(const ast::Search&, const DataSpec*, SearchSpec&);
    bool resolve_pruner(const ast::Clause&, SearchSpec&);
    void resolve_first(const ast::Clause&, SearchSpec&);
    // The points of a list `[{a: 1}, {}]`, each by its span and fields; reports what is no point.
    std::vector<std::pair<Span, std::span<const ast::Arg>>> listed_points(const ast::Expr& list);
    // The number by which the value of a point's field stands in an assignment; nullopt, reported, where it is outside of the space.
    std::optional<double> number_of_field(const ast::Arg&, const Dimension&);
    bool check_whole_trials(const ast::Search&, const SearchSpec&);
    void resolve_limits(const ast::Search&, SearchSpec&);
    void warn_of_time(const ast::Search&, const SearchSpec&);
    bool resolve_search_clauses(const ast::Search&, SearchSpec&);

    const ast::Clause* clause(const std::vector<ast::Clause>&, std::string_view keyword) const;

    std::string text_of(Span span) const;

    const Sources& sources_;
    const Catalog& catalog_;
    const Overrides& overrides_;
    Diagnostics& diags_;
    plan::Plan plan_;
    std::map<std::string, Symbol> symbols_;
    std::map<std::string, ParamValue> params_;
    std::map<std::tuple<std::string, std::uint32_t, std::string>, std::optional<std::uint32_t>> plain_searches_;  // by model, split, metric
    std::set<std::string> models_without_split_;                                                                  // which has been reported
    std::map<std::uint32_t, std::vector<Pipe>> search_pipes_;
    std::vector<SearchSpace> objective_spaces_;                                      // by objective
    std::map<const ComponentInfo*, std::shared_ptr<const NetworkRecord>> networks_;  // by what the plan knows them as
    std::set<std::string> tried_networks_;                                           // that some chain names
    std::vector<NetworkUse> network_uses_;                                           // whose shapes are to be checked when the space is known
    std::set<std::uint32_t> split_data_;
    std::map<std::uint32_t, NodeId> data_nodes_;
    // Of the stage that is being emitted:
    std::uint32_t plan_split_ = 0;
    DataId stage_data_;
    RowParts stage_rows_ = 0;  // that it is fitted on
    FileId current_file_;
    bool seeds_declared_ = false;
};

}  // namespace mlpc::sema
