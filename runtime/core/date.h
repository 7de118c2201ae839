// Dates as columns hold them: days since 1970-01-01, with the time of day as a fraction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlpc {

// ISO 8601: `2024-01-31`, with an optional time after `T` or a space (`12:30`, `12:30:05`, `12:30:05.25`) and an optional
// zone (`Z`, `+01:00`), which is applied. nullopt where the text is anything else, or no day of the calendar.
std::optional<double> parse_date(std::string_view text);
// "2024-01-31", and "2024-01-31T12:30:05" where there is a time of day.
std::string format_date(double days);

struct CalendarDay {
    int year = 1970;
    unsigned month = 1, day = 1;
    unsigned weekday = 4;  // ISO: Monday is 1, Sunday 7
};
// Throws nothing; days beyond the calendar (±32767 years) are held at its ends.
CalendarDay calendar_day(double days);
// 1 … 366.
unsigned day_of_year(const CalendarDay&);
// ISO 8601: the week of its Thursday, 1 … 53.
unsigned iso_week(const CalendarDay&);
constexpr unsigned quarter(const CalendarDay& day) { return (day.month + 2) / 3; }

}  // namespace mlpc
