#include "runtime/core/error.h"
#include "stdlib/search/anneal.h"
#include "stdlib/search/point_pool.h"
#include "stdlib/search/tpe.h"

#include <algorithm>

namespace mlpc {
namespace {

struct MixParams {
    std::int64_t trials = 60;
    double random = 0.1;
    double anneal = 0.2;
    double tpe = 0.7;
};

const Schema<MixParams>& mix_schema() {
    static const Schema<MixParams> schema = {
        field(&MixParams::trials, {.name = "trials", .doc = "How many points are tried; fewer where the space has fewer", .valid = {.low = 1}}),
        field(&MixParams::random, {.name = "random", .doc = "How often, against the others, a point is drawn by the priors", .valid = {.low = 0}}),
        field(&MixParams::anneal, {.name = "anneal", .doc = "How often `anneal` with its defaults proposes", .valid = {.low = 0}}),
        field(&MixParams::tpe, {.name = "tpe", .doc = "How often `tpe` with its defaults proposes", .valid = {.low = 0}}),
    };
    return schema;
}

// Each trial is proposed by one method, drawn by its probability; all methods learn from it.
class MixSearcher final : public TrialSearcher {
public:
    MixSearcher(const MixParams& params, const SearchTask& task)
        : params_(params),
          rng_(task.rng.child("mix")),
          pool_(task.space, task.rng),
          anneal_(make_anneal({.trials = params.trials}, member_task(task, "anneal"))),
          tpe_(make_tpe({.trials = params.trials}, member_task(task, "tpe"))) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        if (trial >= static_cast<std::uint64_t>(params_.trials)) {
            return std::nullopt;
        }
        Searcher* method = draw_method(trial);
        const Answer answer = method != nullptr ? method->ask(trial) : Answer(Done{});
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion != nullptr && pool_.take(suggestion->point)) {
            return suggestion->point;
        }
        return pool_.draw(trial);
    }
    void learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) override {
        pool_.take(point);
        for (Searcher* method : {anneal_.get(), tpe_.get()}) {
            method->tell(trial, {.point = point}, outcome);
        }
    }
    std::optional<std::uint64_t> planned_trials() const override {
        const auto trials = static_cast<std::uint64_t>(params_.trials);
        return std::min(trials, pool_.size().value_or(trials));
    }
    bool adaptive() const override { return params_.anneal > 0 || params_.tpe > 0; }

private:
    static SearchTask member_task(const SearchTask& task, std::string_view name) {
        SearchTask member = task;
        member.rng = task.rng.child(name);
        return member;
    }
    // Null: the priors.
    Searcher* draw_method(std::uint64_t trial) const {
        const double left = rng_.child(trial).uniform() * (params_.random + params_.anneal + params_.tpe) - params_.random;
        if (left < 0) {
            return nullptr;
        }
        return left < params_.anneal ? anneal_.get() : tpe_.get();
    }

    MixParams params_;
    Rng rng_;
    PointPool pool_;
    std::unique_ptr<Searcher> anneal_, tpe_;
};

std::unique_ptr<Searcher> make_mix(const MixParams& params, const SearchTask& task) {
    if (!(params.random + params.anneal + params.tpe > 0)) {
        throw RunError("`mix` gives every method the probability 0: give one of `random`, `anneal` and `tpe` more");
    }
    return std::make_unique<MixSearcher>(params, task);
}

}  // namespace

void add_mix(Catalog& catalog) {
    ComponentInfo info;
    info.name = "mix";
    info.kind = ComponentKind::Searcher;
    info.summary = "Lets one of several methods propose each trial, in proportion to the numbers given; all of them learn from it";
    info.source = "Hyperopt's mix.suggest: Bergstra, Yamins and Cox 2013, Making a science of model search";
    info.example = "method mix(random: 0.1, anneal: 0.2, tpe: 0.7)";
    info.params = specs_of(mix_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_mix(read_params(mix_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
