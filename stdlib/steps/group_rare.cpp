#include "runtime/core/component.h"
#include "stdlib/steps/columns.h"

#include <algorithm>
#include <numeric>

namespace mlpc {

namespace {

struct GroupRareParams {
    double share = 0.01;
    std::optional<std::int64_t> max_levels;
    std::string name = "(rare)";
};
const Schema<GroupRareParams>& group_rare_schema() {
    static const Schema<GroupRareParams> fields{
        field(&GroupRareParams::share, {.name = "share",
                                        .doc = "Levels in less than this share of the rows are rare",
                                        .valid = {.low = 0, .high = 1},
                                        .search = {.low = 0.001, .high = 0.1, .log = true}}),
        field(&GroupRareParams::max_levels,
              {.name = "max_levels",
               .doc = "Of a column's levels only this many, the most frequent ones, are not rare; `none`: however many they are",
               .valid = {.low = 1}}),
        field(&GroupRareParams::name, {.name = "name", .doc = "The level that rare and unseen ones become"}),
    };
    return fields;
}

struct FrequentLevels {
    std::string column;
    Levels levels;

    void archive(Archive& a) {
        a.field("column", column);
        a.field("levels", levels);
    }
};

class FittedGroupRare : public FittedStep {
public:
    FittedGroupRare() = default;
    FittedGroupRare(std::vector<FrequentLevels> columns, std::string name) : columns_(std::move(columns)), name_(std::move(name)) { list_names(); }
    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "group_rare");
        std::vector<Column> columns;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            columns.push_back(grouped(x, c));
        }
        return {std::move(columns), x.rows()};
    }
    void archive(Archive& a) override {
        a.field("columns", columns_);
        a.field("name", name_);
        list_names();
    }

private:
    Column grouped(const Frame& x, std::size_t c) const {
        Levels levels = columns_[c].levels;
        const auto found = std::find(levels.begin(), levels.end(), name_);
        const auto rare = static_cast<std::int32_t>(found - levels.begin());
        if (found == levels.end()) {
            levels.push_back(name_);
        }
        const std::vector<std::int32_t> known = match_levels(x, c, columns_[c].levels);
        std::vector<std::int32_t> codes = x.codes(c);
        for (std::int32_t& code : codes) {
            if (code != missing_code) {
                const std::int32_t level = known[static_cast<std::size_t>(code)];
                code = level < 0 ? rare : level;
            }
        }
        return Column::of_codes(x.column(c).name, std::move(codes), std::make_shared<const Levels>(std::move(levels)), ColumnType::Category);
    }
    void list_names() {
        names_.clear();
        for (const FrequentLevels& column : columns_) {
            names_.push_back(column.column);
        }
    }
    std::vector<FrequentLevels> columns_;
    std::string name_;
    std::vector<std::string> names_;
};

class GroupRare : public Step {
public:
    explicit GroupRare(GroupRareParams params) : params_(std::move(params)) {}
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext& context) const override {
        std::vector<FrequentLevels> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            context.check_cancelled();
            columns.push_back({.column = x.column(c).name, .levels = frequent(levels_in_use(x, c), x.rows())});
        }
        return std::make_unique<FittedGroupRare>(std::move(columns), params_.name);
    }

private:
    // In order of text. Of equally frequent ones the first by text.
    Levels frequent(const LevelsInUse& used, std::size_t rows) const {
        std::vector<std::size_t> by_count(used.levels.size());
        std::iota(by_count.begin(), by_count.end(), std::size_t{0});
        std::stable_sort(by_count.begin(), by_count.end(), [&](std::size_t a, std::size_t b) { return used.counts[a] > used.counts[b]; });
        if (params_.max_levels && by_count.size() > static_cast<std::size_t>(*params_.max_levels)) {
            by_count.resize(static_cast<std::size_t>(*params_.max_levels));
        }
        std::erase_if(by_count,
                      [&](std::size_t level) { return static_cast<double>(used.counts[level]) < params_.share * static_cast<double>(rows); });
        std::sort(by_count.begin(), by_count.end());
        Levels levels;
        for (const std::size_t level : by_count) {
            levels.push_back(used.levels[level]);
        }
        return levels;
    }
    GroupRareParams params_;
};

}  // namespace

void add_group_rare(Catalog& catalog) {
    ComponentInfo info;
    info.name = "group_rare";
    info.kind = ComponentKind::Step;
    info.summary =
        "Gives the levels of a category that are rare in the rows it is fitted on, and all that were not seen there, one common level; missing "
        "cells stay missing";
    info.source = "Kuhn, Johnson: Feature Engineering and Selection (2019), 5.1";
    info.example = "group_rare(share: 1%)";
    info.params = specs_of(group_rare_schema());
    info.effect = always(Effect::Learned);
    info.accepts = types_of({ColumnType::Category});
    info.takes_missing = true;
    info.keeps_columns = [](const ParamValues&) { return true; };
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<GroupRare>(read_params(group_rare_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedGroupRare>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
