#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"

namespace mlpc {

namespace {

struct Ranking {
    std::string column;
    Levels levels;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("levels", levels);
    }
};

class FittedOrdinal : public FittedStep {
public:
    FittedOrdinal() = default;
    explicit FittedOrdinal(std::vector<Ranking> rankings) : rankings_(std::move(rankings)) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "ordinal");
        Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(x.columns()));
        for (std::size_t c = 0; c < rankings_.size(); ++c) {
            write_positions(x, c, cells.data() + c * x.rows());
        }
        return Frame::from_matrix(std::move(cells), names_);
    }
    void archive(Archive& a) override {
        a.field("rankings", rankings_);
        list_names();
    }

private:
    void write_positions(const Frame& x, std::size_t c, double* out) const {
        const std::vector<std::int32_t> position = match_levels(x, c, rankings_[c].levels);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            const std::int32_t code = x.code(row, c);
            out[row] = code == missing_code ? missing_number : position[static_cast<std::size_t>(code)];
        }
    }
    void list_names() {
        names_.clear();
        for (const Ranking& ranking : rankings_) {
            names_.push_back(ranking.column);
        }
    }
    std::vector<Ranking> rankings_;
    std::vector<std::string> names_;
};

class Ordinal : public Step {
public:
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Ranking> rankings;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            rankings.push_back({.column = x.column(c).name, .levels = levels_in_use(x, c).levels});
        }
        return std::make_unique<FittedOrdinal>(std::move(rankings));
    }
};

}  // namespace

void add_ordinal(Catalog& catalog) {
    ComponentInfo info;
    info.name = "ordinal";
    info.kind = ComponentKind::Step;
    info.summary =
        "Replaces each level by its position: 0, 1, 2, … in the declared order of an ordinal column, in alphabetical order of a category; "
        "a level that was not among the rows it is fitted on becomes -1, and missing cells stay missing";
    info.source = "Stevens: On the Theory of Scales of Measurement, Science 103 (1946)";
    info.example = "ordinal()";
    info.positional = 0;
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues&, const std::vector<NamedExpression>&) { return std::make_unique<Ordinal>(); };
    info.blank_step = [] { return std::make_unique<FittedOrdinal>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
