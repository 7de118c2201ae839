#include "runtime/core/look_back.h"

#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace mlpc {

namespace {

// --- series -------------------------------------------------------------------------------------------------------

template <class T>
std::vector<RowIndex> grouped(const std::vector<T>& keys) {
    std::map<T, std::size_t> series_of;
    std::vector<RowIndex> series;
    for (std::uint32_t row = 0; row < keys.size(); ++row) {
        const auto [at, is_new] = series_of.try_emplace(keys[row], series.size());
        if (is_new) {
            series.emplace_back();
        }
        series[at->second].push_back(row);
    }
    return series;
}

std::vector<RowIndex> series_in_row_order(const Frame& x, const Expression* key) {
    if (key == nullptr) {
        return grouped(std::vector<int>(x.rows(), 0));
    }
    const ExpressionValue names = evaluate(*key, x);
    const auto missing = [&](std::size_t row) { return names.is_text ? names.text_missing[row] != 0 : std::isnan(names.numbers[row]); };
    std::size_t unnamed = 0;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        unnamed += missing(row) ? 1 : 0;
    }
    if (unnamed > 0) {
        throw RunError(
            fmt::format("`{}`, which tells the series apart, is missing in {} of {} rows: fill it, or leave those rows out with "
                        "`-> filter(not missing({}))` before this step",
                        to_string(*key), unnamed, x.rows(), to_string(*key)));
    }
    return names.is_text ? grouped(names.texts) : grouped(names.numbers);
}

std::string shown_time(const Frame& x, std::size_t row, std::size_t c) {
    return x.column(c).type == ColumnType::Date ? format_date(x.number(row, c)) : fmt::format("{}", x.number(row, c));
}

std::string shown_series(const Frame& x, std::uint32_t row, const Expression* key) {
    if (key == nullptr) {
        return "";
    }
    const ExpressionValue name = evaluate(*key, x.take(RowIndex{row}));
    return fmt::format(" and the series {} = {}", to_string(*key), name.is_text ? written_text(name.texts[0]) : fmt::format("{}", name.numbers[0]));
}

[[noreturn]] void two_rows_at_once(const Frame& x, std::uint32_t row, std::size_t time, const Expression* key) {
    throw RunError(fmt::format(
        "two rows have the {} {}{}, so that it is not known which one is earlier: {}", x.column(time).name, shown_time(x, row, time),
        shown_series(x, row, key),
        key == nullptr ? "name the column that tells the series apart, `by: COLUMN`" : "take a `by:` that tells them apart, or remove one of them"));
}

// --- the state ----------------------------------------------------------------------------------------------------

enum class Kind : std::int64_t { None, Boolean, Integer, Real, Word, Text, List, Expression };

Kind kind_of(const ParamValue& value) {
    switch (value.value.index()) {
        case 1:
            return Kind::Boolean;
        case 2:
            return Kind::Integer;
        case 3:
            return Kind::Real;
        case 4:
            return Kind::Word;
        case 5:
            return Kind::Text;
        case 7:
            return Kind::List;
        case 8:
            return std::get<std::shared_ptr<const Expression>>(value.value) ? Kind::Expression : Kind::None;
        default:
            return Kind::None;
    }
}

template <class T>
T value_in(const ParamValue& value) {
    const T* held = std::get_if<T>(&value.value);
    return held != nullptr ? *held : T{};
}

// Both directions: what is read replaces `value`.
void archive_value(Archive& a, ParamValue& value) {
    auto kind = static_cast<std::int64_t>(kind_of(value));
    a.field("kind", kind);
    const auto part = [&]<class T>(T held) {
        a.field("value", held);
        value = ParamValue{std::move(held)};
    };
    switch (static_cast<Kind>(kind)) {
        case Kind::None:
            return;
        case Kind::Boolean:
            return part(value_in<bool>(value));
        case Kind::Integer:
            return part(value_in<std::int64_t>(value));
        case Kind::Real:
            return part(value_in<double>(value));
        case Kind::Text:
            return part(value_in<std::string>(value));
        case Kind::Word: {
            Word word = value_in<Word>(value);
            a.field("value", word.text);
            value = ParamValue{std::move(word)};
            return;
        }
        case Kind::List: {
            std::vector<std::int64_t> integers;
            for (const ParamValue& item : value_in<std::vector<ParamValue>>(value)) {
                integers.push_back(value_in<std::int64_t>(item));
            }
            auto count = static_cast<std::uint64_t>(integers.size());
            a.field("count", count);
            constexpr std::uint64_t most = 100'000;
            if (count > most) {
                throw RunError("the saved state holds a list that is too long");
            }
            integers.resize(static_cast<std::size_t>(count));
            std::vector<ParamValue> items;
            for (std::int64_t& integer : integers) {
                a.field("item", integer);
                items.push_back({integer});
            }
            value = ParamValue{std::move(items)};
            return;
        }
        case Kind::Expression: {
            const auto held = value_in<std::shared_ptr<const Expression>>(value);
            Expression expression = held ? *held : Expression{};
            a.field("value", expression);
            value = ParamValue{std::make_shared<const Expression>(std::move(expression))};
            return;
        }
    }
    throw RunError("the saved state holds an argument of an unknown kind");
}

}  // namespace

std::vector<RowIndex> rows_by_series(const Frame& x, const std::string& time, const Expression* key) {
    const std::size_t c = x.find(time);
    if (c == x.columns()) {
        throw RunError("the data have no column `" + time + "`, by which rows are ordered");
    }
    if (!holds_numbers(x.column(c).type)) {
        throw RunError("`" + time + "`, by which rows are ordered, is neither a date nor a number");
    }
    const std::vector<double> times = x.numbers(c);
    const auto unknown = std::count_if(times.begin(), times.end(), [](double t) { return std::isnan(t); });
    if (unknown > 0) {
        throw RunError(
            fmt::format("`{}`, by which rows are ordered, is missing in {} of {} rows: fill it, or leave those rows out with "
                        "`-> filter(not missing({}))` before this step",
                        time, unknown, times.size(), time));
    }
    std::vector<RowIndex> series = series_in_row_order(x, key);
    for (RowIndex& rows : series) {
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
        const auto tie = std::adjacent_find(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return times[a] == times[b]; });
        if (tie != rows.end()) {
            two_rows_at_once(x, *tie, c, key);
        }
    }
    return series;
}

Frame LookBack::extend(const Frame& x) const {
    Series series;
    series.rows = rows_by_series(x, time, series_key());
    series.time = &x.column(x.find(time));
    return component->make_backward(params, {})->extend(x, series);
}

const Expression* LookBack::series_key() const {
    const std::size_t at = component->find_param("by");
    return at == params.size() ? nullptr : std::get<std::shared_ptr<const Expression>>(params[at].value).get();
}

std::vector<std::string> LookBack::columns() const {
    std::vector<std::string> names{time};
    for (const ParamValue& value : params) {
        const auto* expression = std::get_if<std::shared_ptr<const Expression>>(&value.value);
        if (expression == nullptr || *expression == nullptr) {
            continue;
        }
        for (const std::string& name : columns_of(**expression)) {
            names.push_back(name);
        }
    }
    return names;
}

void LookBack::archive(Archive& a) {
    a.field("time", time);
    auto count = static_cast<std::uint64_t>(params.size());
    a.field("arguments", count);
    if (count != component->params.size()) {
        throw RunError("the saved state has other arguments than `" + component->name + "`");
    }
    params.resize(component->params.size());
    for (std::size_t i = 0; i < params.size(); ++i) {
        const bool expression = component->params[i].type == ParamType::Expression;
        archive_value(a, params[i]);
        if (params[i].is_none() && expression) {
            params[i] = ParamValue{std::shared_ptr<const Expression>()};
        }
    }
}

}  // namespace mlpc
