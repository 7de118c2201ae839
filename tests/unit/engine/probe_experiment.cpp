#include "tests/unit/engine/probe_experiment.h"

#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <new>
#include <thread>

namespace mlpc::engine_test {

std::atomic<std::uint64_t> probe_fits = 0;
std::atomic<std::uint64_t> probe_derivations = 0;

namespace {

struct ProbeParams {
    std::int64_t factor = 0, ending = 0, pause = 0;
};
const Schema<ProbeParams>& schema() {
    static const Schema<ProbeParams> fields{
        field(&ProbeParams::factor, {.name = "factor", .doc = "By what every cell is multiplied"}),
        field(&ProbeParams::ending, {.name = "ending", .doc = "How the fit ends"}),
        field(&ProbeParams::pause, {.name = "pause", .doc = "Milliseconds that the fit takes"}),
    };
    return fields;
}

class Scaled : public FittedStep {
public:
    explicit Scaled(double by = 1) : by_(by) {}
    Frame apply(const Frame& x) const override {
        Matrix cells = Dense(x).matrix();
        cells.array() *= by_;
        Frame scaled = Frame::from_matrix(std::move(cells), x.names());
        scaled.derived<Matrix>("probe", [] { return std::make_shared<const Matrix>(Matrix::Zero(1, probe_derived_bytes / sizeof(double))); });
        return scaled;
    }
    void archive(Archive& a) override { a.field("by", by_); }

private:
    double by_;
};

class Probe : public Step {
public:
    explicit Probe(ProbeParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        ++probe_fits;
        x.derived<Matrix>("probe of rows", [] {
            ++probe_derivations;
            return std::make_shared<const Matrix>(Matrix::Zero(1, 1));
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(params_.pause));
        context.check_cancelled();
        switch (static_cast<Ending>(params_.ending)) {
            case Ending::Well:
                break;
            case Ending::RunError:
                throw RunError("the probe was told to fail");
            case Ending::OutOfMemory:
                throw std::bad_alloc();
            case Ending::NoException:
                throw 42;
        }
        // The training mean, so that folds differ.
        return std::make_unique<Scaled>(static_cast<double>(1 + params_.factor) * (1 + std::abs(Dense(x).matrix().mean())));
    }

private:
    ProbeParams params_;
};

const Catalog& catalog() {
    static const Catalog with_probe = [] {
        Catalog c = standard_library();
        ComponentInfo info;
        info.name = "probe";
        info.accepts = number_types;
        info.params = specs_of(schema());
        info.effect = always(Effect::Learned);
        info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
            return std::make_unique<Probe>(read_params(schema(), values));
        };
        c.add(std::move(info));
        return c;
    }();
    return with_probe;
}

constexpr const char* text = R"(edition 1
seed 1
data rows = csv("rows.csv") {
  y:      numeric target
  others: numeric
}
split rows {
  test  20%
  folds 3
}
model m = probe(factor in 0..100_000, ending in 0..3, pause in 0..10_000) -> ridge(alpha in 1e-6..1e6)
search best over m {
  method   random(trials: 1)
  minimize rmse
}
evaluate best {
  metrics rmse
}
)";

std::string rows() {
    std::string cells = "a,b,c,y\n";
    Rng rng = Rng::of_seed(1);
    for (int row = 0; row < 60; ++row) {
        const double a = rng.normal(), b = rng.normal(), c = rng.normal();
        cells += fmt::format("{},{},{},{}\n", a, b, c, a * a - b + 0.1 * rng.normal());
    }
    return cells;
}

}  // namespace

ProbeExperiment::ProbeExperiment() : text_(text) {
    const test::ScratchDirectory directory;
    directory.write("rows.csv", rows());
    experiment_ = lower(test::plan_of(directory.write("e.mlp", text_), catalog()));
    prepared_ = prepare(experiment_, catalog(), nullptr);
}

Assignment ProbeExperiment::assignment(const UnitSpec& unit) const {
    Assignment values;
    for (const Dimension& dimension : experiment_.searches[0].space.dimensions) {
        const std::string name = dimension.name.substr(dimension.name.rfind('.') + 1);
        const double value = name == "factor"   ? static_cast<double>(unit.factor)
                             : name == "ending" ? static_cast<double>(unit.ending)
                             : name == "pause"  ? static_cast<double>(unit.pause)
                                                : unit.alpha;
        values.push_back(value);
    }
    return values;
}

std::vector<Request> ProbeExperiment::requests(const Assignment& assignment) const {
    std::vector<Request> list;
    for (std::size_t fold = 0; fold < folds(); ++fold) {
        list.push_back({experiment_.searches[0].candidates[0].fold.score, {0, 0, -1, static_cast<int>(fold)}, &assignment});
    }
    return list;
}

std::string ProbeExperiment::text_at(Span span) const { return text_.substr(span.begin, span.end - span.begin); }

const ProbeExperiment& probe_experiment() {
    static const ProbeExperiment experiment;
    return experiment;
}

Units::Units(std::vector<UnitSpec> specs) {
    for (const UnitSpec& spec : specs) {
        assignments_.push_back(probe_experiment().assignment(spec));
    }
}

std::optional<std::vector<Request>> Units::next() {
    if (handed_out_ == assignments_.size()) {
        return std::nullopt;
    }
    log.push_back(fmt::format("next {}", handed_out_));
    const Assignment& assignment = assignments_[handed_out_++];
    most_in_flight = std::max(most_in_flight, handed_out_ - results.size());
    return probe_experiment().requests(assignment);
}

void Units::finished(std::uint64_t number, std::vector<Result> unit_results, double) {
    log.push_back(fmt::format("finished {}", number));
    results.push_back(std::move(unit_results));
    when_finished(number);
}

std::vector<double> Units::scores() const {
    std::vector<double> all;
    for (const std::vector<Result>& unit : results) {
        for (const Result& result : unit) {
            all.push_back(result.failure.empty() ? std::get<double>(result.value) : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return all;
}

}  // namespace mlpc::engine_test
