#include "runtime/core/component.h"
#include "runtime/core/error.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

std::shared_ptr<const Expression> always_true() {
    Expression one;
    one.number = 1;
    return std::make_shared<const Expression>(std::move(one));
}

struct FilterParams {
    std::shared_ptr<const Expression> condition = always_true();
};
const Schema<FilterParams>& filter_schema() {
    static const Schema<FilterParams> fields{
        field(&FilterParams::condition,
              {.name = "condition", .doc = "What must hold for a row to stay; where it cannot be told because a cell is missing, the row goes"}),
    };
    return fields;
}

class Filter : public RowSelector {
public:
    explicit Filter(FilterParams params) : params_(std::move(params)) {}
    RowIndex select(const Frame& x) const override {
        const ExpressionValue holds = evaluate(*params_.condition, x);
        if (holds.is_text) {
            throw RunError(fmt::format("`filter` is given `{}`, which is a text, and needs a condition", to_string(*params_.condition)));
        }
        RowIndex kept;
        for (std::size_t row = 0; row < x.rows(); ++row) {
            // A missing condition is NaN, and NaN > 0 and NaN < 0 are both false.
            if (holds.numbers[row] > 0 || holds.numbers[row] < 0) {
                kept.push_back(static_cast<std::uint32_t>(row));
            }
        }
        return kept;
    }

private:
    FilterParams params_;
};

}  // namespace

void add_filter(Catalog& catalog) {
    ComponentInfo info;
    info.name = "filter";
    info.kind = ComponentKind::Step;
    info.summary = "Keeps the rows for which a condition on their own cells holds";
    info.source = "Selection of the relational algebra: Codd, Communications of the ACM 13 (1970)";
    info.example = "filter(age >= 18)";
    info.params = specs_of(filter_schema());
    info.effect = always(Effect::RowSelecting);
    info.takes_missing = true;
    info.make_row_selector = [](const ParamValues& values) { return std::make_unique<Filter>(read_params(filter_schema(), values)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
