#include "runtime/core/component.h"

#include <algorithm>

namespace mlpc {

namespace {

struct SampleParams {
    std::int64_t rows = 1000;
    std::int64_t seed = 0;
};

const Schema<SampleParams>& sample_schema() {
    static const Schema<SampleParams> schema = {
        field(&SampleParams::rows, {.name = "rows", .doc = "Rows to keep; all, where there are fewer", .valid = {.low = 1}}),
        field(&SampleParams::seed, {.name = "seed", .doc = "Which rows: the same seed keeps the same rows", .valid = {.low = 0}}),
    };
    return schema;
}

class SampleRows final : public RowSelector {
public:
    explicit SampleRows(SampleParams params) : params_(params) {}

    RowIndex select(const Frame& x) const override {
        const auto rows = static_cast<std::uint32_t>(std::min<std::size_t>(x.rows(), static_cast<std::size_t>(params_.rows)));
        Rng rng = Rng::of_seed(static_cast<std::uint64_t>(params_.seed)).child("sample");
        RowIndex kept = rng.choose(static_cast<std::uint32_t>(x.rows()), rows);
        std::sort(kept.begin(), kept.end());
        return kept;
    }

private:
    SampleParams params_;
};

}  // namespace

void add_sample(Catalog& catalog) {
    ComponentInfo info;
    info.name = "sample";
    info.kind = ComponentKind::Step;
    info.summary = "Keeps some of the rows, drawn without replacement, in the order of the data";
    info.source = "Fisher and Yates 1938: Statistical tables, as Durstenfeld 1964 shuffles";
    info.example = "sample(10_000)";
    info.params = specs_of(sample_schema());
    info.effect = always(Effect::RowSelecting);
    info.takes_missing = true;
    info.make_row_selector = [](const ParamValues& values) { return std::make_unique<SampleRows>(read_params(sample_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
