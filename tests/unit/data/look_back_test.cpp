#include "runtime/core/look_back.h"

#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

using Json = nlohmann::json;

ParamValue column(const std::string& name) {
    Expression ref;
    ref.op = Expression::Op::ColumnRef;
    ref.text = name;
    return {std::make_shared<const Expression>(std::move(ref))};
}

LookBack step(const std::string& name, const std::string& by, const Json& given = Json::object()) {
    LookBack look_back{standard_library().find(ComponentKind::Step, name), {}, "day"};
    const ComponentInfo& info = *look_back.component;
    look_back.params = info.default_params();
    const auto set = [&](const std::string& param, ParamValue value) { look_back.params.at(info.find_param(param)) = std::move(value); };
    set("column", column("units"));
    if (!by.empty()) {
        set("by", column(by));
    }
    for (const auto& [param, value] : given.items()) {
        if (value.is_boolean()) {
            set(param, {value.get<bool>()});
        } else if (value.is_string()) {
            set(param, {Word{value.get<std::string>()}});
        } else if (name == "lag") {
            set(param, {std::vector<ParamValue>{{value.get<std::int64_t>()}}});
        } else {
            set(param, {value.get<std::int64_t>()});
        }
    }
    return look_back;
}

Frame table(const std::vector<double>& days, const std::vector<std::string>& stores, const std::vector<double>& units) {
    return {{Column::of_numbers("day", days, ColumnType::Date), Column::of_texts("store", stores), Column::of_numbers("units", units)}, days.size()};
}

std::string refusal(const LookBack& look_back, const Frame& x) {
    try {
        look_back.extend(x);
    } catch (const RunError& error) {
        return error.what();
    }
    return "";
}

double number_in(const Json& cell) { return cell.is_null() ? missing_number : cell.get<double>(); }

TEST(LookBackTest, AgreesWithPandas) {
    const std::optional<Json> reference = ask_scikit_learn("data/pandas_look_back.py");
    if (!reference) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    std::vector<double> days, units;
    for (std::size_t row = 0; row < (*reference)["day"].size(); ++row) {
        days.push_back((*reference)["day"][row].get<double>());
        units.push_back(number_in((*reference)["units"][row]));
    }
    const Frame all = table(days, (*reference)["store"].get<std::vector<std::string>>(), units);
    std::size_t compared = 0;
    for (const Json& one : (*reference)["cases"]) {
        const Frame x = all.take(one["rows"].get<RowIndex>());
        const LookBack look_back = step(one["step"], one["by"].is_null() ? "" : "store", one["params"]);
        const Frame extended = look_back.extend(x);
        ASSERT_EQ(extended.columns(), x.columns() + 1);
        const std::vector<double> ours = extended.numbers(x.columns());
        for (std::size_t row = 0; row < ours.size(); ++row) {
            const double expected = number_in(one["result"][row]);
            EXPECT_EQ(std::isnan(ours[row]), std::isnan(expected)) << one["params"] << " row " << row;
            if (!std::isnan(expected)) {
                EXPECT_NEAR(ours[row], expected, 1e-9 * (1 + std::abs(expected))) << one["params"] << " row " << row;
            }
        }
        ++compared;
    }
    EXPECT_GE(compared, 70U);
}

TEST(LookBackTest, CellsFollowEarlierRowsOfTheirSeriesAlone) {
    const std::vector<double> days{5, 1, 4, 2, 3, 1, 2, 3};
    const std::vector<std::string> stores{"a", "a", "a", "a", "a", "b", "b", "b"};
    for (const std::string name : {"lag", "rolling"}) {
        const LookBack look_back = step(name, "store");
        const Frame before = look_back.extend(table(days, stores, {1, 2, 3, 4, 5, 6, 7, 8}));
        for (std::size_t altered = 0; altered < days.size(); ++altered) {
            std::vector<double> units{1, 2, 3, 4, 5, 6, 7, 8};
            units[altered] = 1000;
            const Frame after = look_back.extend(table(days, stores, units));
            std::size_t changed = 0;
            for (std::size_t row = 0; row < days.size(); ++row) {
                const bool same = before.number(row, 3) == after.number(row, 3) || (before.missing(row, 3) && after.missing(row, 3));
                const bool later = stores[row] == stores[altered] && days[row] > days[altered];
                EXPECT_TRUE(same || later) << name << ": row " << row << " follows row " << altered;
                changed += same ? 0 : 1;
            }
            const bool has_later = altered != 0 && altered != 7;
            EXPECT_EQ(changed > 0, has_later) << name << ": row " << altered;
        }
    }
}

TEST(LookBackTest, LagKeepsTypesAndGivesAColumnForEachStep) {
    LookBack look_back = step("lag", "");
    look_back.params[0] = column("store");
    look_back.params[2] = {std::vector<ParamValue>{{std::int64_t{1}}, {std::int64_t{2}}}};
    const Frame x = look_back.extend(table({1, 2, 3}, {"north", "", "east"}, {1, 2, 3}));
    EXPECT_EQ(x.names(), (std::vector<std::string>{"day", "store", "units", "store_lag_1", "store_lag_2"}));
    EXPECT_EQ(x.column(3).type, ColumnType::Category);
    EXPECT_TRUE(x.missing(0, 3));
    EXPECT_EQ(x.text(1, 3), "north");
    EXPECT_TRUE(x.missing(2, 3)) << "the cell of the row before is missing";
    EXPECT_EQ(x.text(2, 4), "north");
}

TEST(LookBackTest, SeriesMayBeToldApartByAFormula) {
    LookBack look_back = step("lag", "");
    Expression is_even;
    is_even.op = Expression::Op::Remainder;
    is_even.operands = {*std::get<std::shared_ptr<const Expression>>(column("units").value),
                        Expression{.op = Expression::Op::Number, .number = 2, .text = {}, .operands = {}, .span = {}}};
    look_back.params[1] = {std::make_shared<const Expression>(is_even)};
    const Frame x = look_back.extend(table({1, 2, 3, 4}, {"a", "a", "a", "a"}, {1, 2, 3, 4}));
    EXPECT_TRUE(x.missing(0, 3) && x.missing(1, 3));
    EXPECT_EQ(x.number(2, 3), 1);
    EXPECT_EQ(x.number(3, 3), 2);
}

TEST(LookBackTest, RefusesAnOrderThatIsNotKnown) {
    EXPECT_EQ(refusal(step("lag", ""), table({1, 2, 1}, {"a", "b", "b"}, {1, 2, 3})),
              "two rows have the day 1970-01-02, so that it is not known which one is earlier: name the column that tells the series apart, "
              "`by: COLUMN`");
    EXPECT_EQ(refusal(step("lag", "store"), table({1, 2, 1}, {"a", "b", "b"}, {1, 2, 3})), "");
    EXPECT_EQ(refusal(step("lag", "store"), table({1, 2, 1}, {"a", "b", "a"}, {1, 2, 3})),
              "two rows have the day 1970-01-02 and the series store = \"a\", so that it is not known which one is earlier: take a `by:` that tells "
              "them apart, or remove one of them");
    EXPECT_EQ(refusal(step("lag", "store"), table({1, 2}, {"a", ""}, {1, 2})),
              "`store`, which tells the series apart, is missing in 1 of 2 rows: fill it, or leave those rows out with `-> filter(not "
              "missing(store))` before this step");
    EXPECT_NE(refusal(step("rolling", ""), table({1, missing_number}, {"a", "b"}, {1, 2})).find("is missing in 1 of 2 rows"), std::string::npos);
    LookBack texts = step("rolling", "");
    texts.params[0] = column("store");
    EXPECT_EQ(refusal(texts, table({1, 2}, {"a", "b"}, {1, 2})), "`rolling` summarises numbers, and `store` is category");
}

TEST(LookBackTest, ArgumentsSurviveBeingSaved) {
    for (LookBack look_back : {step("lag", "store", {{"steps", 3}}), step("rolling", "", {{"statistic", "std"}, {"current", true}})}) {
        Archive writer = Archive::writer();
        look_back.archive(writer);
        LookBack read{look_back.component, {}, ""};
        Archive reader = Archive::reader(writer.bytes());
        read.archive(reader);
        EXPECT_TRUE(reader.at_end());
        EXPECT_EQ(read.time, "day");
        EXPECT_EQ(read.params, look_back.params);
    }
    LookBack lag = step("lag", "store");
    Archive writer = Archive::writer();
    lag.archive(writer);
    LookBack other{standard_library().find(ComponentKind::Step, "rolling"), {}, ""};
    Archive reader = Archive::reader(writer.bytes());
    EXPECT_THROW(other.archive(reader), RunError);
}

}  // namespace
}  // namespace mlpc
