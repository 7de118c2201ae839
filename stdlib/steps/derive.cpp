#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"

#include <algorithm>

namespace mlpc {

namespace {

struct DeriveParams {
    bool keep = true;
};
const Schema<DeriveParams>& derive_schema() {
    static const Schema<DeriveParams> fields{
        field(&DeriveParams::keep, {.name = "keep", .doc = "Whether the columns that come in go on; `false` leaves only the derived ones"}),
    };
    return fields;
}

struct DerivedColumn {
    std::string name;
    Expression expression;

    void archive(Archive& a) {
        a.field("name", name);
        a.field("expression", expression);
    }
};

Column column_of(const std::string& name, ExpressionValue value) {
    if (!value.is_text) {
        return Column::of_numbers(name, std::move(value.numbers));
    }
    for (std::size_t row = 0; row < value.texts.size(); ++row) {
        if (value.text_missing[row]) {
            value.texts[row].clear();
        }
    }
    return Column::of_texts(name, value.texts);
}

class FittedDerive : public FittedStep {
public:
    FittedDerive() = default;
    FittedDerive(std::vector<std::string> names, std::vector<DerivedColumn> derived, bool keep)
        : names_(std::move(names)), derived_(std::move(derived)), keep_(keep) {}
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "derive");
        const Frame flat = x.materialised();
        std::vector<Column> columns = keep_ ? flat.all_columns() : std::vector<Column>{};
        for (const DerivedColumn& derived : derived_) {
            Column column = column_of(derived.name, evaluate(derived.expression, flat));
            const auto same = std::find_if(columns.begin(), columns.end(), [&](const Column& other) { return other.name == derived.name; });
            if (same != columns.end()) {
                *same = std::move(column);
            } else {
                columns.push_back(std::move(column));
            }
        }
        return {std::move(columns), x.rows()};
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("derived", derived_);
        a.field("keep", keep_);
    }

private:
    std::vector<std::string> names_;
    std::vector<DerivedColumn> derived_;
    bool keep_ = true;
};

class Derive : public Step {
public:
    Derive(DeriveParams params, const std::vector<NamedExpression>& named) : params_(params) {
        for (const NamedExpression& one : named) {
            derived_.push_back({.name = one.name, .expression = one.expression});
        }
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedDerive>(x.names(), derived_, params_.keep);
    }

private:
    DeriveParams params_;
    std::vector<DerivedColumn> derived_;
};

}  // namespace

void add_derive(Catalog& catalog) {
    ComponentInfo info;
    info.name = "derive";
    info.kind = ComponentKind::Step;
    info.summary =
        "Adds columns calculated from other columns of the same row; each formula sees the columns that come in, a missing cell makes "
        "the result missing, and a name that exists is replaced";
    info.source = "Row-wise formulas, as in SQL's select list; see the reference for their functions";
    info.example = "derive(ratio: income / tenure)";
    info.params = specs_of(derive_schema());
    info.positional = 0;
    info.named_expressions = true;
    info.effect = always(Effect::RowWise);
    info.takes_missing = true;
    info.keeps_columns = [](const ParamValues& values) { return read_params(derive_schema(), values).keep; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>& named) {
        return std::make_unique<Derive>(read_params(derive_schema(), values), named);
    };
    info.blank_step = [] { return std::make_unique<FittedDerive>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
