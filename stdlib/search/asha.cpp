#include "stdlib/search/bracket_searcher.h"
#include "stdlib/search/standing.h"

#include <algorithm>
#include <map>

namespace mlpc {
namespace {

struct AshaParams : HalvingParams {
    std::int64_t trials = 81;
};

const Schema<AshaParams>& asha_schema() {
    static const Schema<AshaParams> schema = with_halving_fields(Schema<AshaParams>{
        field(&AshaParams::trials, {.name = "trials", .doc = "How many points are drawn; fewer where the space has fewer", .valid = {.low = 1}}),
    });
    return schema;
}

class Asha final : public Searcher {
public:
    Asha(std::vector<Share> shares, std::int64_t eta, std::uint64_t trials, PointPool pool)
        : shares_(std::move(shares)), eta_(static_cast<std::size_t>(eta)), trials_(trials), pool_(std::move(pool)), rungs_(shares_.size()) {}

    Answer ask(std::uint64_t evaluation) override {
        for (std::size_t rung = shares_.size() - 1; rung-- > 0;) {
            if (Entry* entry = promotable(rung, rungs_[rung].size() / eta_)) {
                return promote(evaluation, rung, *entry);
            }
        }
        if (drawn_ < trials_) {
            if (const auto point = pool_.draw(drawn_)) {
                ++drawn_;
                rung_in_flight_[evaluation] = 0;
                return Suggestion{.point = *point, .rung = {.share = shares_[0]}};
            }
            trials_ = drawn_;
        }
        return rung_in_flight_.empty() ? finish(evaluation) : Answer(Wait{});
    }

    void tell(std::uint64_t evaluation, const Suggestion& suggestion, const Outcome& outcome) override {
        const auto at = rung_in_flight_.find(evaluation);
        std::vector<Entry>& rung = rungs_[at->second];
        rung_in_flight_.erase(at);
        const Entry entry{standing_of(outcome), evaluation, suggestion.point, outcome.failed || outcome.given_up};
        rung.insert(
            std::upper_bound(rung.begin(), rung.end(), entry,
                             [](const Entry& a, const Entry& b) { return std::tie(a.standing, a.evaluation) < std::tie(b.standing, b.evaluation); }),
            entry);
    }

    std::optional<std::uint64_t> planned_trials() const override { return trials_; }
    bool adaptive() const override { return true; }

private:
    struct Entry {
        Standing standing;
        std::uint64_t evaluation;
        Assignment point;
        bool gone = false;  // promoted, or not to be
    };

    // The best of the first `places` of a rung that has not gone on.
    Entry* promotable(std::size_t rung, std::size_t places) {
        const auto end = rungs_[rung].begin() + static_cast<std::ptrdiff_t>(std::min(places, rungs_[rung].size()));
        const auto found = std::find_if(rungs_[rung].begin(), end, [](const Entry& e) { return !e.gone; });
        return found == end ? nullptr : &*found;
    }

    Suggestion promote(std::uint64_t evaluation, std::size_t rung, Entry& entry) {
        entry.gone = true;
        rung_in_flight_[evaluation] = rung + 1;
        return {.point = entry.point, .rung = {.share = shares_[rung + 1]}, .continues = entry.evaluation};
    }

    // Fewer trials than eta to the power of the rungs may leave the last rung empty: the best of the highest one then goes on, since a search
    // has to end with a trial that was evaluated whole.
    Answer finish(std::uint64_t evaluation) {
        const auto whole = [](const std::vector<Entry>& rung) {
            return std::any_of(rung.begin(), rung.end(), [](const Entry& e) { return e.standing.group != Standing::Class::Failed; });
        };
        if (whole(rungs_.back())) {
            return Done{};
        }
        for (std::size_t rung = shares_.size() - 1; rung-- > 0;) {
            if (Entry* entry = promotable(rung, rungs_[rung].size())) {
                return promote(evaluation, rung, *entry);
            }
        }
        return Done{};
    }

    std::vector<Share> shares_;
    std::size_t eta_;
    std::uint64_t trials_;
    PointPool pool_;
    std::vector<std::vector<Entry>> rungs_;                // told, the best first
    std::map<std::uint64_t, std::size_t> rung_in_flight_;  // by evaluation
    std::uint64_t drawn_ = 0;
};

std::unique_ptr<Searcher> make_asha(const AshaParams& params, const SearchTask& task) {
    PointPool pool(task.space, task.rng);
    const auto asked = static_cast<std::uint64_t>(params.trials);
    return std::make_unique<Asha>(halving_shares(params), params.eta, std::min(asked, pool.size().value_or(asked)), std::move(pool));
}

}  // namespace

void add_asha(Catalog& catalog) {
    ComponentInfo info;
    info.name = "asha";
    info.kind = ComponentKind::Searcher;
    info.summary = "Successive halving that never waits: a trial goes on as soon as it is among the best of its rung so far, else a new one is drawn";
    info.source = "Li et al. 2020, A system for massively parallel hyperparameter tuning";
    info.example = "method asha(trials: 27, resource: 27)";
    info.params = specs_of(asha_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_asha(read_params(asha_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
