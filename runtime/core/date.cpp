#include "runtime/core/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace mlpc {
namespace {

constexpr double seconds_per_day = 86400;

// Reads fixed-width fields off the front of a text.
class Fields {
public:
    explicit Fields(std::string_view text) : rest_(text) {}
    bool done() const { return rest_.empty(); }
    bool accept(char c) {
        if (rest_.empty() || rest_.front() != c) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<int> digits(std::size_t count) {
        if (rest_.size() < count) {
            return std::nullopt;
        }
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') {
                return std::nullopt;
            }
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }
    // The digits after a decimal point as a fraction; nullopt where there are none.
    std::optional<double> fraction() {
        double value = 0, unit = 1;
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') {
            value = value * 10 + (rest_[count] - '0');
            unit *= 10;
            ++count;
        }
        rest_.remove_prefix(count);
        return count == 0 || count > 15 ? std::nullopt : std::optional(value / unit);
    }

private:
    std::string_view rest_;
};

// "12:30" as 12.5 hours' worth of minutes.
std::optional<int> parse_minutes(Fields& fields) {
    const auto hours = fields.digits(2);
    if (!hours || *hours > 23) {
        return std::nullopt;
    }
    if (!fields.accept(':')) {
        return std::nullopt;
    }
    const auto minutes = fields.digits(2);
    return minutes && *minutes < 60 ? std::optional(*hours * 60 + *minutes) : std::nullopt;
}

std::optional<double> parse_seconds_of_day(Fields& fields) {
    const auto minutes = parse_minutes(fields);
    if (!minutes || !fields.accept(':')) {
        return minutes ? std::optional(*minutes * 60.0) : std::nullopt;
    }
    const auto seconds = fields.digits(2);
    if (!seconds || *seconds > 59) {
        return std::nullopt;
    }
    double total = *minutes * 60.0 + *seconds;
    if (fields.accept('.')) {
        const auto fraction = fields.fraction();
        if (!fraction) {
            return std::nullopt;
        }
        total += *fraction;
    }
    return total;
}

// Seconds east of UTC; 0 where none is written.
std::optional<double> parse_zone(Fields& fields) {
    if (fields.done() || fields.accept('Z')) {
        return 0;
    }
    const bool east = fields.accept('+');
    if (!east && !fields.accept('-')) {
        return std::nullopt;
    }
    const auto minutes = parse_minutes(fields);
    return minutes ? std::optional((east ? 60.0 : -60.0) * *minutes) : std::nullopt;
}

}  // namespace

std::optional<double> parse_date(std::string_view text) {
    Fields fields(text);
    const auto year = fields.digits(4);
    if (!year || !fields.accept('-')) {
        return std::nullopt;
    }
    const auto month = fields.digits(2);
    if (!month || !fields.accept('-')) {
        return std::nullopt;
    }
    const auto day = fields.digits(2);
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    const double days = static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count());
    if (fields.done()) {
        return days;
    }
    if (!fields.accept('T') && !fields.accept(' ')) {
        return std::nullopt;
    }
    const auto seconds = parse_seconds_of_day(fields);
    if (!seconds) {
        return std::nullopt;
    }
    const auto zone = parse_zone(fields);
    if (!zone || !fields.done()) {
        return std::nullopt;
    }
    return days + (*seconds - *zone) / seconds_per_day;
}

CalendarDay calendar_day(double days) {
    using namespace std::chrono;
    const double first = static_cast<double>(sys_days{year::min() / January / 1}.time_since_epoch().count());
    const double last = static_cast<double>(sys_days{year::max() / December / 31}.time_since_epoch().count());
    const sys_days point{std::chrono::days{static_cast<int>(std::clamp(std::floor(days), first, last))}};
    const year_month_day date{point};
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<unsigned>(date.month()),
            .day = static_cast<unsigned>(date.day()),
            .weekday = weekday{point}.iso_encoding()};
}

std::string format_date(double days) {
    double whole = std::floor(days);
    double seconds = std::round((days - whole) * seconds_per_day);
    if (seconds >= seconds_per_day) {
        whole += 1;
        seconds = 0;
    }
    const CalendarDay date = calendar_day(whole);
    std::string text = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    if (seconds > 0) {
        const int total = static_cast<int>(seconds);
        text += fmt::format("T{:02}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
    }
    return text;
}

unsigned day_of_year(const CalendarDay& day) {
    constexpr unsigned days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    return days_before[day.month - 1] + day.day + (day.month > 2 && std::chrono::year(day.year).is_leap() ? 1 : 0);
}

unsigned iso_week(const CalendarDay& day) {
    // 1 January is in week 1 unless it is later in its week than Thursday.
    const auto weeks_in = [](int year) {
        const CalendarDay first =
            calendar_day(static_cast<double>(std::chrono::sys_days(std::chrono::year(year) / 1 / 1).time_since_epoch().count()));
        return first.weekday == 4 || (first.weekday == 3 && std::chrono::year(year).is_leap()) ? 53U : 52U;
    };
    const unsigned week = (day_of_year(day) + 10 - day.weekday) / 7;
    if (week == 0) {
        return weeks_in(day.year - 1);
    }
    return week > weeks_in(day.year) ? 1 : week;
}

}  // namespace mlpc
