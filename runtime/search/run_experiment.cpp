#include "runtime/search/run_experiment.h"

#include "runtime/core/error.h"
#include "runtime/search/command_runner.h"
#include "runtime/search/compare_models.h"
#include "runtime/search/drift.h"
#include "runtime/search/evaluate_winner.h"
#include "runtime/search/extract_pipeline.h"
#include "runtime/search/search_run.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mlpc {

namespace {

class Run {
public:
    Run(const Experiment& e, const Catalog& catalog, const PreparedData& data, const RunOptions& options, RunRecord& record)
        : experiment_(e),
          catalog_(catalog),
          data_(data),
          options_(options),
          record_(record),
          comparisons_(e, data),
          engine_(e, data.datasets, data.splits,
                  {options.jobs, options.memory_bytes, options.share, options.cancelled, &commands_, options.before_task, options.epoch_ended,
                   options.checkpoint_of}) {}

    std::vector<SavedPipeline> run() {
        describe_data();
        for (std::uint32_t s = 0; s < experiment_.searches.size(); ++s) {
            record_.searches.push_back(head_of(experiment_.searches[s]));
            record_.searches.back().only_compared = experiment_.is_only_compared(s);
            describe_folds(experiment_.searches[s], record_.searches.back());
        }
        for (std::uint32_t s = 0; s < experiment_.searches.size(); ++s) {
            for (std::uint32_t seed = 0; seed < experiment_.seeds.values.size(); ++seed) {
                run_seed(s, seed);
            }
        }
        record_.comparisons = comparisons_.take();
        compare_test_rows();
        judge_gates();
        std::vector<SavedPipeline> saved = save();
        const EngineCounts counts = engine_.counts();
        record_.fits_requested = counts.fits_requested;
        record_.fits_done = counts.fits_done;
        return saved;
    }

private:
    void describe_data() {
        record_.pretrained = data_.pretrained;
        for (std::uint32_t s = 0; s < experiment_.splits.size(); ++s) {
            const SplitSpec& split = experiment_.splits[s];
            const DataSpec& spec = experiment_.data[split.data.index];
            DataRecord data;
            data.name = spec.name;
            data.path = spec.path;
            data.sha256 = data_.sha256[split.data.index];
            data.rows = data_.tables[split.data.index].rows();
            data.train_rows = data_.splits[s].train.count;
            data.test_rows = data_.splits[s].test.count;
            data.columns = data_.tables[split.data.index].columns();
            if (spec.target() != nullptr) {
                data.target = spec.target()->name;
                const Target& target = data_.datasets[split.data.index].target;
                data.classes = target.classes != nullptr ? *target.classes : Levels();
            }
            record_.data.push_back(std::move(data));
        }
    }

    // Of splits whose test partition an evaluation has opened by now.
    void compare_test_rows() {
        for (const EvaluateSpec& evaluate : experiment_.evaluations) {
            const std::uint32_t s = experiment_.searches[evaluate.search].split;
            const DataId data = experiment_.splits[s].data;
            const SplitRows& rows = data_.splits[s];
            if (!record_.data[s].drift.empty() || rows.test.count == 0 || rows.train.index == nullptr) {
                continue;
            }
            const Frame& table = data_.tables[data.index];
            record_.data[s].drift = feature_drift(table.take(rows.train.index), table.take(rows.test.index), experiment_.data[data.index]);
        }
    }

    static SearchRecord head_of(const SearchSpec& search) {
        SearchRecord head;
        head.name = search.name;
        head.metric = search.metric.text;
        head.greater_is_better = search.maximize;
        head.method = search.method_text;
        for (const Candidate& candidate : search.candidates) {
            head.models.push_back(candidate.model);
        }
        for (const Dimension& dimension : search.space.dimensions) {
            head.space.push_back(record_of(dimension));
        }
        for (const ResultConstraint& constraint : search.result_constraints) {
            head.constraints.push_back(constraint.text);
        }
        for (const MeasureSpec& measure : search.measures) {
            if (measure.goal_maximize) {
                head.goals.push_back({measure.name, *measure.goal_maximize});
            }
        }
        if (!head.goals.empty()) {
            head.goals.insert(head.goals.begin(), {head.metric, head.greater_is_better});
        }
        return head;
    }

    // What comparing scores over the folds needs to know of them.
    void describe_folds(const SearchSpec& search, SearchRecord& head) const {
        if (search.objective) {
            return;
        }
        const FoldShape shape = shape_of(data_.splits[search.split], ComparisonRecord::Folds::Validation);
        head.scored_per_fitted = shape.scored_per_fitted;
        head.folds_differ = shape.differ;
    }

    static const char* kind_of(const Dimension& d) {
        switch (d.kind) {
            case Dimension::Kind::Integer:
                return "integer";
            case Dimension::Kind::Real:
                return "real";
            case Dimension::Kind::Choice:
                return "choice";
            case Dimension::Kind::Ordered:
                return "ordered";
        }
        return "";
    }

    static DimensionRecord record_of(const Dimension& d) {
        const bool is_normal = d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal;
        DimensionRecord record{.name = d.name,
                               .kind = kind_of(d),
                               .low = d.low,
                               .high = d.high,
                               .log = d.prior == Dimension::Prior::LogUniform || d.prior == Dimension::Prior::LogNormal,
                               .bounded = !is_normal || d.low < d.high,
                               .choices = {}};
        for (const ParamValue& choice : d.choices) {
            record.choices.push_back(choice.to_string());
        }
        return record;
    }

    const EvaluateSpec* evaluation_of(std::uint32_t search) const {
        for (const EvaluateSpec& e : experiment_.evaluations) {
            if (e.search == search) {
                return &e;
            }
        }
        return nullptr;
    }

    // No rows, so that there is nothing to score the winner on, and nothing to fit it on again.
    void run_objective(std::uint32_t s, std::uint32_t seed) {
        auto search = trials(s, Context{0, seed, -1, -1}, 1);
        SeedRecord record;
        record.seed = experiment_.seeds.values[seed];
        record.winner = search->winner();
        record.trials = search->take_trials();
        record_.searches[s].remark = search->remark();
        record_.searches[s].seeds.push_back(std::move(record));
    }

    bool take_only_model(std::uint32_t s, std::uint32_t seed, SeedRecord& record) {
        record.trials = {{.number = 0, .model = experiment_.searches[s].candidates.front().model}};
        record.winner = 0;
        winners_[{s, seed}] = *chosen_by(nullptr, experiment_.searches[s]);
        return true;
    }
    // False where every trial failed.
    bool find_winner(std::uint32_t s, std::uint32_t seed, const Context& place, SeedRecord& record) {
        const SearchSpec& search = experiment_.searches[s];
        const std::size_t folds = data_.splits[search.split].seeds[seed].folds.size();
        auto over_all = trials(s, place, folds);
        record_.searches[s].remark = over_all->remark();
        record.winner = over_all->winner();
        const auto winner = chosen_by(over_all.get(), search);
        const bool found = winner.has_value();
        if (found) {
            winners_[{s, seed}] = *winner;
        }
        comparisons_.add_trials(s, seed, *over_all);
        record.trials = over_all->take_trials();
        if (found) {
            score_on_training_rows(search, place, *over_all, record.trials, folds);
        }
        return found;
    }

    void run_seed(std::uint32_t s, std::uint32_t seed) {
        const SearchSpec& search = experiment_.searches[s];
        if (search.objective) {
            run_objective(s, seed);
            return;
        }
        const SplitSpec& split = experiment_.splits[search.split];
        const SplitRows& rows = data_.splits[search.split];
        const Context place{search.split, seed, -1, -1};
        SeedRecord record;
        record.seed = experiment_.seeds.values[seed];
        const bool found = rows.seeds[seed].folds.empty() ? take_only_model(s, seed, record) : find_winner(s, seed, place, record);
        const EvaluateSpec* evaluate = evaluation_of(s);
        if (found && evaluate != nullptr && split.test.kind != TestSpec::Kind::None) {
            const ChosenPoint& winner = winners_.at({s, seed});
            const Stage& stage = search.candidates[winner.candidate].final;
            evaluate_winner({engine_, experiment_, catalog_, data_, search, *evaluate, stage, place, winner.assignment, rows::Test, rows::AllTrain},
                            record);
        }
        if ((found && evaluate != nullptr) || comparisons_.need_outer_folds(s)) {
            run_outer_folds(s, place, found ? evaluate : nullptr, record);
        }
        record_.searches[s].seeds.push_back(std::move(record));
    }

    // Searches inside of every outer fold, and scores on its rows what that has chosen.
    void run_outer_folds(std::uint32_t s, const Context& place, const EvaluateSpec* evaluate, SeedRecord& record) {
        const std::vector<OuterFold>& folds = data_.splits[place.split].seeds[place.seed].outer;
        for (std::size_t j = 0; j < folds.size(); ++j) {
            Context outer = place;
            outer.outer = static_cast<int>(j);
            const auto inside = folds[j].folds.empty() ? nullptr : trials(s, outer, folds[j].folds.size());
            if (evaluate != nullptr) {
                record.outer_scores.push_back(outer_score(s, outer, inside.get(), *evaluate));
            }
            comparisons_.add_outer_fold(s, outer, inside.get(), engine_);
        }
        if (experiment_.evaluations.empty() && !record_.searches[s].only_compared) {
            record.outer_scores = comparisons_.outer_scores(s, place.seed);
        }
    }

    // By the first metric of `evaluate`; NaN where every trial failed.
    double outer_score(std::uint32_t s, const Context& outer, const SearchRun* inside, const EvaluateSpec& evaluate) {
        const SearchSpec& search = experiment_.searches[s];
        const auto winner = chosen_by(inside, search);
        if (!winner) {
            return std::numeric_limits<double>::quiet_NaN();
        }
        const Stage& stage = search.candidates[winner->candidate].outer.value();
        SeedRecord one;
        evaluate_winner({engine_, experiment_, catalog_, data_, search, evaluate, stage, outer, winner->assignment, rows::Outer, rows::Train}, one);
        return one.test_scores.at(first_metric(evaluate));
    }

    static std::string first_metric(const EvaluateSpec& evaluate) {
        for (const MetricSpec& metric : evaluate.metrics) {
            if (metric.component->make_metric) {
                return metric.text;
            }
        }
        return "";
    }

    // Runs all trials of a search in one place. Throws Cancelled; the trials so far have been kept.
    std::unique_ptr<SearchRun> trials(std::uint32_t s, const Context& place, std::size_t folds) {
        std::uint64_t planned = 0;
        auto search = std::make_unique<SearchRun>(experiment_, s, place, folds, options_, [&] {
            ++done_;
            if (options_.progress) {
                options_.progress(done_, planned, experiment_.searches[s].name);
            }
        });
        if (const auto count = search->planned_trials()) {
            planned = done_ + *count * (experiment_.seeds.values.size() - place.seed);
        }
        const bool finished = engine_.run(*search, search->window(options_.jobs));
        if (!finished) {
            throw Cancelled();
        }
        return search;
    }

    // Training scores of each model's best trial, so that the report can show the gap.
    void score_on_training_rows(const SearchSpec& search, const Context& place, const SearchRun& run, std::vector<TrialRecord>& list,
                                std::size_t folds) {
        std::map<std::string, std::size_t> best;
        for (std::size_t t = 0; t < list.size(); ++t) {
            if (!list[t].may_win()) {
                continue;
            }
            const auto [at, is_new] = best.try_emplace(list[t].model, t);
            const double mean = list[t].mean_score(), so_far = list[at->second].mean_score();
            at->second = !is_new && (search.maximize ? mean > so_far : mean < so_far) ? t : at->second;
        }
        for (const auto& [model, t] : best) {
            std::vector<Request> requests;
            for (std::size_t fold = 0; fold < folds; ++fold) {
                Context at = place;
                at.fold = static_cast<int>(fold);
                requests.push_back({search.candidates[run.candidate(t)].fold.train_score, at, &run.assignment(t)});
            }
            for (const Result& result : engine_.values(requests)) {
                list[t].train_scores.push_back(result.failure.empty() ? std::get<double>(result.value) : std::numeric_limits<double>::quiet_NaN());
            }
        }
    }

    void judge_gates() {
        for (const EvaluateSpec& evaluate : experiment_.evaluations) {
            const SearchRecord& search = record_.searches[evaluate.search];
            for (const MetricSpec& metric : evaluate.metrics) {
                if (metric.component->make_metric &&
                    std::find(record_.metrics.begin(), record_.metrics.end(), metric.text) == record_.metrics.end()) {
                    record_.metrics.push_back(metric.text);
                    record_.metrics_greater.push_back(metric.component->greater_is_better);
                }
            }
            const auto mean_of = [&](const std::string& name) {
                for (const MetricSpec& metric : evaluate.metrics) {
                    if (metric.component->name != name) {
                        continue;
                    }
                    std::vector<double> values;
                    for (const SeedRecord& seed : search.seeds) {
                        const auto at = seed.test_scores.find(metric.text);
                        if (at != seed.test_scores.end()) {
                            values.push_back(at->second);
                        } else if (metric.text == first_metric(evaluate)) {
                            values.insert(values.end(), seed.outer_scores.begin(), seed.outer_scores.end());
                        }
                    }
                    return summarise(values).mean;
                }
                return std::numeric_limits<double>::quiet_NaN();
            };
            for (const GateSpec& gate : evaluate.gates) {
                GateRecord judged;
                judged.condition = gate.text;
                const double result = mlpc::evaluate(gate.condition, mean_of);
                judged.passed = result == 1;
                for (const Expression& operand : gate.condition.operands) {
                    if (operand.op == Expression::Op::ColumnRef) {
                        judged.value = mean_of(operand.text);
                    }
                }
                record_.gates.push_back(judged);
            }
        }
    }

    std::vector<SavedPipeline> save() {
        std::vector<SavedPipeline> saved;
        for (const SaveSpec& spec : experiment_.saves) {
            const std::uint32_t s = spec.fit ? experiment_.fits[*spec.fit].search : spec.search.value();
            const auto winner = winners_.find({s, 0});
            if (winner == winners_.end()) {
                const std::vector<TrialRecord>& trials = record_.searches[s].seeds.front().trials;
                const std::string why = trials.empty() ? "" : "; the first failure: " + trials.front().failure;
                throw RunError("`" + spec.name + "` cannot be saved: none of its trials succeeded under the first seed" + why);
            }
            const SearchSpec& search = experiment_.searches[s];
            const DataId data = experiment_.splits[search.split].data;
            const std::size_t candidate = winner->second.candidate;
            const Stage& stage = spec.fit ? experiment_.fits[*spec.fit].stages[candidate] : search.candidates[candidate].final;
            const NodeId prediction =
                spec.fit || experiment_.splits[search.split].test.kind == TestSpec::Kind::None ? stage.train_prediction : stage.prediction;
            saved.push_back({spec.path, extract_pipeline(engine_, experiment_, data, prediction, {search.split, 0, -1, -1}, winner->second.assignment,
                                                         data_.schemas[data.index])});
        }
        return saved;
    }

    const Experiment& experiment_;
    const Catalog& catalog_;
    const PreparedData& data_;
    const RunOptions& options_;
    RunRecord& record_;
    ModelComparisons comparisons_;
    CommandRunner commands_;
    Engine engine_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, ChosenPoint> winners_;  // by search and position of the seed
    std::uint64_t done_ = 0;
};

}  // namespace

std::vector<SavedPipeline> run_experiment(const Experiment& e, const Catalog& catalog, const PreparedData& data, const RunOptions& options,
                                          RunRecord& record) {
    return Run(e, catalog, data, options, record).run();
}

}  // namespace mlpc
