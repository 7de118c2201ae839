#include "runtime/core/component.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

enum class Missing { Zeros, Column };
struct OneHotParams {
    double rare = 0;
    std::optional<std::int64_t> max_levels;
    bool drop_first = false;
    bool drop_binary = false;
    Missing missing = Missing::Zeros;
};
const Schema<OneHotParams>& one_hot_schema() {
    static const Schema<OneHotParams> fields{
        field(&OneHotParams::rare,
              {.name = "rare",
               .doc = "Levels in less than this share of the rows share one column `NAME=(rare)`, and so does every level unseen there",
               .valid = {.low = 0, .high = 1, .open_high = true},
               .search = {.low = 0.001, .high = 0.1, .log = true}}),
        field(&OneHotParams::max_levels,
              {.name = "max_levels",
               .doc = "Only this many of a column's most frequent levels get columns of their own, the others count as rare; `none`: all of them",
               .valid = {.low = 1}}),
        field(&OneHotParams::drop_first,
              {.name = "drop_first",
               .doc = "Leaves out the first column of each input, whose level is then all zeros; for unpenalised linear models, which "
                      "cannot take columns that add up to one"}),
        field(&OneHotParams::drop_binary,
              {.name = "drop_binary", .doc = "Leaves out the first column of inputs that have two, because the other one says it all"}),
        field(
            &OneHotParams::missing,
            {.name = "missing",
             .doc = "A missing cell becomes all `zeros`, or has its own `column` `NAME=(missing)` where one was missing in the rows it is fitted on",
             .words = {"zeros", "column"}}),
    };
    return fields;
}

// The levels of one column and the positions of their columns; -1 stands for all zeros.
struct Encoding {
    std::string column;
    Levels levels;  // those with a place of their own, rare ones left out
    std::vector<std::int32_t> places;
    std::int32_t unseen_place = -1, missing_place = -1;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("levels", levels);
        a.field("places", places);
        a.field("unseen_place", unseen_place);
        a.field("missing_place", missing_place);
    }
};

class FittedOneHot : public FittedStep {
public:
    FittedOneHot() = default;
    FittedOneHot(std::vector<Encoding> encodings, std::vector<std::string> outputs) : encodings_(std::move(encodings)), outputs_(std::move(outputs)) {
        list_names();
    }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "one_hot");
        return is_sparse() ? sparse_ones(x) : dense_ones(x);
    }
    void archive(Archive& a) override {
        a.field("encodings", encodings_);
        a.field("outputs", outputs_);
        list_names();
        for (const Encoding& encoding : encodings_) {
            require_consistent(encoding);
        }
    }

private:
    void require_consistent(const Encoding& encoding) const {
        const auto fits = [&](std::int32_t place) { return place >= -1 && place < static_cast<std::int32_t>(outputs_.size()); };
        const bool all_fit = std::all_of(encoding.places.begin(), encoding.places.end(), fits) && fits(encoding.unseen_place) &&
                             fits(encoding.missing_place) && encoding.places.size() == encoding.levels.size();
        if (!all_fit) {
            throw RunError("the saved state of `one_hot` points at columns that it does not have");
        }
    }
    // Where most cells are zeros, only the ones are kept.
    bool is_sparse() const {
        constexpr std::size_t columns_per_one = 4;
        return outputs_.size() >= columns_per_one * encodings_.size();
    }
    // By table code, the missing one (-1) first.
    std::vector<std::int32_t> places_by_code(const Frame& x, std::size_t c) const {
        const Encoding& encoding = encodings_[c];
        std::vector<std::int32_t> places{encoding.missing_place};
        for (const std::int32_t level : match_levels(x, c, encoding.levels)) {
            places.push_back(level < 0 ? encoding.unseen_place : encoding.places[static_cast<std::size_t>(level)]);
        }
        return places;
    }
    Frame dense_ones(const Frame& x) const {
        Matrix cells = Matrix::Zero(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(outputs_.size()));
        for (std::size_t c = 0; c < encodings_.size(); ++c) {
            const std::vector<std::int32_t> places = places_by_code(x, c);
            for (std::size_t row = 0; row < x.rows(); ++row) {
                const std::int32_t place = places[static_cast<std::size_t>(x.code(row, c) + 1)];
                if (place >= 0) {
                    cells(static_cast<Eigen::Index>(row), place) = 1;
                }
            }
        }
        return Frame::from_matrix(std::move(cells), outputs_);
    }
    Frame sparse_ones(const Frame& x) const {
        std::vector<std::vector<std::int32_t>> places;
        for (std::size_t c = 0; c < encodings_.size(); ++c) {
            places.push_back(places_by_code(x, c));
        }
        auto cells = std::make_shared<SparseRows>();
        cells->columns = outputs_.size();
        cells->indices.reserve(x.rows() * encodings_.size());
        cells->offsets.reserve(x.rows() + 1);
        for (std::size_t row = 0; row < x.rows(); ++row) {
            for (std::size_t c = 0; c < encodings_.size(); ++c) {
                // The columns of an input come after those of the one before it.
                const std::int32_t place = places[c][static_cast<std::size_t>(x.code(row, c) + 1)];
                if (place >= 0) {
                    cells->indices.push_back(static_cast<std::uint32_t>(place));
                }
            }
            cells->offsets.push_back(cells->indices.size());
        }
        cells->values.assign(cells->indices.size(), 1);
        return Frame::from_sparse(std::move(cells), outputs_);
    }
    void list_names() {
        names_.clear();
        for (const Encoding& encoding : encodings_) {
            names_.push_back(encoding.column);
        }
    }
    std::vector<Encoding> encodings_;
    std::vector<std::string> outputs_, names_;
};

class OneHot : public Step {
public:
    explicit OneHot(OneHotParams params) : params_(params) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<Encoding> encodings;
        std::vector<std::string> outputs;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            encodings.push_back(encode(x, c, outputs));
        }
        return std::make_unique<FittedOneHot>(std::move(encodings), std::move(outputs));
    }

private:
    Encoding encode(const Frame& x, std::size_t c, std::vector<std::string>& outputs) const {
        const LevelsInUse used = levels_in_use(x, c);
        const std::vector<bool> is_rare = rare_levels(used, x.rows());
        Encoding encoding;
        encoding.column = x.column(c).name;
        const std::size_t known = std::accumulate(used.counts.begin(), used.counts.end(), std::size_t{0});
        const bool marks_missing = params_.missing == Missing::Column && known < x.rows();
        const auto rare = static_cast<std::size_t>(std::count(is_rare.begin(), is_rare.end(), true));
        const std::size_t columns = used.levels.size() - rare + (rare > 0 ? 1 : 0) + (marks_missing ? 1 : 0);
        bool drop = params_.drop_first || (params_.drop_binary && columns == 2);
        const auto next_place = [&](const std::string& label) -> std::int32_t {
            if (drop) {
                drop = false;
                return -1;
            }
            outputs.push_back(encoding.column + "=" + label);
            return static_cast<std::int32_t>(outputs.size() - 1);
        };
        for (std::size_t level = 0; level < used.levels.size(); ++level) {
            if (!is_rare[level]) {
                encoding.levels.push_back(used.levels[level]);
                encoding.places.push_back(next_place(used.levels[level]));
            }
        }
        if (rare > 0) {
            encoding.unseen_place = next_place("(rare)");
        }
        if (marks_missing) {
            encoding.missing_place = next_place("(missing)");
        }
        return encoding;
    }
    std::vector<bool> rare_levels(const LevelsInUse& used, std::size_t rows) const {
        std::vector<bool> is_rare(used.levels.size());
        for (std::size_t level = 0; level < used.levels.size(); ++level) {
            is_rare[level] = static_cast<double>(used.counts[level]) < params_.rare * static_cast<double>(rows);
        }
        if (!params_.max_levels || used.levels.size() <= static_cast<std::size_t>(*params_.max_levels)) {
            return is_rare;
        }
        std::vector<std::size_t> by_count(used.levels.size());
        std::iota(by_count.begin(), by_count.end(), std::size_t{0});
        std::stable_sort(by_count.begin(), by_count.end(), [&](std::size_t a, std::size_t b) { return used.counts[a] > used.counts[b]; });
        for (std::size_t i = static_cast<std::size_t>(*params_.max_levels); i < by_count.size(); ++i) {
            is_rare[by_count[i]] = true;
        }
        return is_rare;
    }
    OneHotParams params_;
};

}  // namespace

void add_one_hot(Catalog& catalog) {
    ComponentInfo info;
    info.name = "one_hot";
    info.kind = ComponentKind::Step;
    info.summary =
        "Gives each level of a category a column `NAME=LEVEL` of 0 and 1, in alphabetical order (ordinal: as declared); a level that "
        "was not among the rows it is fitted on becomes all zeros, or rare where rare levels are grouped";
    info.source = "Suits: Use of Dummy Variables in Regression Equations, Journal of the American Statistical Association 52 (1957)";
    info.example = "one_hot(rare: 1%)";
    info.params = specs_of(one_hot_schema());
    info.positional = 0;
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Category, ColumnType::Ordinal});
    info.takes_missing = true;
    info.removes_missing = [](const ParamValues&) { return true; };
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<OneHot>(read_params(one_hot_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedOneHot>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
