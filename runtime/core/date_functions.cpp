// Functions of dates, which are days since 1970-01-01.
#include "runtime/core/date.h"
#include "runtime/core/expression_functions.h"

#include <cmath>

namespace mlpc::expressions {

namespace {

template <double (*F)(double, const CalendarDay&)>
Value part(const std::vector<Value>& x, std::size_t rows) {
    return each_row(x[0].constant, rows, [&](std::size_t row) {
        const double days = x[0].number(row);
        return std::isnan(days) ? days : F(days, calendar_day(days));
    });
}

double year_of(double, const CalendarDay& d) { return static_cast<double>(d.year); }
double quarter_of(double, const CalendarDay& d) { return static_cast<double>(quarter(d)); }
double month_of(double, const CalendarDay& d) { return static_cast<double>(d.month); }
double week_of(double, const CalendarDay& d) { return static_cast<double>(iso_week(d)); }
double day_of(double, const CalendarDay& d) { return static_cast<double>(d.day); }
double day_of_year_of(double, const CalendarDay& d) { return static_cast<double>(day_of_year(d)); }
double weekday_of(double, const CalendarDay& d) { return static_cast<double>(d.weekday); }
double is_weekend_of(double, const CalendarDay& d) { return truth(d.weekday >= 6); }
double hour_of(double days, const CalendarDay&) { return std::floor((days - std::floor(days)) * 24); }

// days_between(from, to): negative where `to` is earlier.
Value days_between(const std::vector<Value>& x, std::size_t rows) {
    return each_row(x[0].constant && x[1].constant, rows, [&](std::size_t row) { return x[1].number(row) - x[0].number(row); });
}

}  // namespace

const std::vector<Function>& date_functions() {
    using enum ArgumentKind;
    constexpr auto number = ResultKind::Number;
    static const std::vector<Function> list{
        {"year", 1, 1, {Number}, number, part<year_of>},       {"quarter", 1, 1, {Number}, number, part<quarter_of>},
        {"month", 1, 1, {Number}, number, part<month_of>},     {"week", 1, 1, {Number}, number, part<week_of>},
        {"day", 1, 1, {Number}, number, part<day_of>},         {"day_of_year", 1, 1, {Number}, number, part<day_of_year_of>},
        {"weekday", 1, 1, {Number}, number, part<weekday_of>}, {"is_weekend", 1, 1, {Number}, ResultKind::Truth, part<is_weekend_of>},
        {"hour", 1, 1, {Number}, number, part<hour_of>},       {"days_between", 2, 2, {Number}, number, days_between},
    };
    return list;
}

}  // namespace mlpc::expressions
