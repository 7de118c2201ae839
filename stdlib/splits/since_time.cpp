#include "runtime/core/error.h"
#include "stdlib/splits/time_order.h"

#include <fmt/format.h>

namespace mlpc {
namespace {

struct SinceTimeParams {
    double from = 0;
    double gap = 0;
};

const Schema<SinceTimeParams>& since_time_schema() {
    static const Schema<SinceTimeParams> schema = {
        field(&SinceTimeParams::from, {.name = "from", .doc = "First time that is held out, in days since 1970-01-01"}),
        field(&SinceTimeParams::gap, {.name = "gap", .doc = "Days before it that are left out of training", .valid = {.low = 0}}),
    };
    return schema;
}

class SinceTime final : public Splitter {
public:
    explicit SinceTime(const SinceTimeParams& params) : params_(params) {}

    std::vector<Part> split(const SplitInput& input, Rng) const override {
        const std::vector<double>& times = complete_times(input);
        Part part;
        for (std::uint32_t row = 0; row < times.size(); ++row) {
            if (times[row] >= params_.from) {
                part.scored.push_back(row);
            } else if (may_train(times[row], params_.from, params_.gap)) {
                part.train.push_back(row);
            }
        }
        if (part.train.empty() || part.scored.empty()) {
            throw RunError(fmt::format("of {} rows {} lie from the given date on and {} before it: choose a date inside the data", input.rows,
                                       part.scored.size(), part.train.size()));
        }
        return {std::move(part)};
    }

private:
    SinceTimeParams params_;
};

}  // namespace

void add_since_time(Catalog& catalog) {
    ComponentInfo info;
    info.name = "since_time";
    info.kind = ComponentKind::Splitter;
    info.summary = "All rows from a date on are held out, earlier ones train";
    info.source = "Tashman 2000, Out-of-sample tests of forecasting accuracy";
    info.example = "test from 2024-01-01";
    info.params = specs_of(since_time_schema());
    info.make_splitter = [](const ParamValues& values) { return std::make_unique<SinceTime>(read_params(since_time_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
