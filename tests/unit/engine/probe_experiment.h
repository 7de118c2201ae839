// An experiment whose one step counts its fits, takes its time and fails on demand.
#pragma once

#include "runtime/engine/engine.h"
#include "runtime/search/prepare.h"

#include <atomic>
#include <string>
#include <vector>

namespace mlpc::engine_test {

// How often the step was fitted since the program began.
extern std::atomic<std::uint64_t> probe_fits;
// How often it derived something from the rows that it was fitted on.
extern std::atomic<std::uint64_t> probe_derivations;

// How much the step derives from each frame that it makes, which has less than 2 kB itself.
inline constexpr std::size_t probe_derived_bytes = 100'000;

// How the step ends.
enum class Ending : std::int64_t { Well, RunError, OutOfMemory, NoException };

struct UnitSpec {
    std::int64_t factor = 0;  // units with one factor share their prefix
    double alpha = 1;         // and with one alpha their model
    Ending ending = Ending::Well;
    std::int64_t pause = 0;  // milliseconds that the step takes
};

// Compiled and prepared; the step is `probe`, the model ridge, the score rmse over three folds.
class ProbeExperiment {
public:
    ProbeExperiment();
    const Experiment& experiment() const { return experiment_; }
    const std::vector<Dataset>& data() const { return prepared_.datasets; }
    const std::vector<SplitRows>& splits() const { return prepared_.splits; }
    std::size_t folds() const { return splits()[0].seeds[0].folds.size(); }
    Assignment assignment(const UnitSpec&) const;
    // The scores of all folds. The assignment must outlive them.
    std::vector<Request> requests(const Assignment&) const;
    // The text below a span.
    std::string text_at(Span) const;

private:
    std::string text_;
    Experiment experiment_;
    PreparedData prepared_;
};

const ProbeExperiment& probe_experiment();

// Hands out units and writes down what comes back.
class Units : public UnitSource {
public:
    explicit Units(std::vector<UnitSpec> specs);
    std::optional<std::vector<Request>> next() override;
    void finished(std::uint64_t number, std::vector<Result> results, double seconds) override;

    std::vector<std::vector<Result>> results;
    std::vector<std::string> log;  // "next 0", "finished 0", …
    std::size_t most_in_flight = 0;
    std::function<void(std::uint64_t)> when_finished = [](std::uint64_t) {};

    // The scores of all units in order; NaN where one failed.
    std::vector<double> scores() const;

private:
    std::vector<Assignment> assignments_;
    std::size_t handed_out_ = 0;
};

}  // namespace mlpc::engine_test
