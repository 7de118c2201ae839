#include "runtime/core/component.h"
#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "stdlib/steps/columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc {

namespace {

struct DatePart {
    const char* name;
    double (*of)(double days, const CalendarDay&);
    double first, period;  // period 0: it does not come round
};
constexpr DatePart date_parts[] = {
    {"year", [](double, const CalendarDay& d) { return static_cast<double>(d.year); }, 0, 0},
    {"quarter", [](double, const CalendarDay& d) { return static_cast<double>(quarter(d)); }, 1, 4},
    {"month", [](double, const CalendarDay& d) { return static_cast<double>(d.month); }, 1, 12},
    {"week", [](double, const CalendarDay& d) { return static_cast<double>(iso_week(d)); }, 1, 52.1775},
    {"day", [](double, const CalendarDay& d) { return static_cast<double>(d.day); }, 1, 30.4369},
    {"day_of_year", [](double, const CalendarDay& d) { return static_cast<double>(day_of_year(d)); }, 1, 365.2425},
    {"weekday", [](double, const CalendarDay& d) { return static_cast<double>(d.weekday); }, 1, 7},
    {"is_weekend", [](double, const CalendarDay& d) { return d.weekday >= 6 ? 1.0 : 0.0; }, 0, 0},
    {"hour", [](double days, const CalendarDay&) { return (days - std::floor(days)) * 24; }, 0, 24},
    {"days", [](double days, const CalendarDay&) { return days; }, 0, 0},
};

struct DatePartsParams {
    std::vector<ParamValue> parts{{Word{"year"}}, {Word{"month"}}, {Word{"day"}}, {Word{"weekday"}}};
    bool cyclical = false;
};
const Schema<DatePartsParams>& date_parts_schema() {
    static const Schema<DatePartsParams> fields{
        field(&DatePartsParams::parts,
              {.name = "parts",
               .doc = "Which numbers to make of a date: `year`, `quarter`, `month`, `week` (ISO), `day`, `day_of_year`, `weekday` (Monday is 1), "
                      "`is_weekend`, `hour` (with its fraction), `days` since 1970"}),
        field(&DatePartsParams::cyclical,
              {.name = "cyclical", .doc = "Whether what comes round is given as a sine and a cosine, so that December lies beside January"}),
    };
    return fields;
}

const DatePart& part_named(const std::string& name) {
    const auto found = std::find_if(std::begin(date_parts), std::end(date_parts), [&](const DatePart& part) { return part.name == name; });
    if (found == std::end(date_parts)) {
        std::vector<std::string> names;
        for (const DatePart& part : date_parts) {
            names.emplace_back(part.name);
        }
        throw RunError(fmt::format("`date_parts` knows no part `{}`; there are: {}", name, fmt::join(names, ", ")));
    }
    return *found;
}

class FittedDateParts : public FittedStep {
public:
    FittedDateParts() = default;
    FittedDateParts(std::vector<std::string> names, std::vector<std::string> parts, bool cyclical)
        : names_(std::move(names)), parts_(std::move(parts)), cyclical_(cyclical) {}

    Frame apply(const Frame& x) const override {
        steps::require_columns(x, names_, "date_parts");
        std::vector<Column> columns;
        for (std::size_t c = 0; c < x.columns(); ++c) {
            const std::vector<double> days = x.numbers(c);
            for (const std::string& name : parts_) {
                add(columns, names_[c], part_named(name), days);
            }
        }
        return {std::move(columns), x.rows()};
    }
    void archive(Archive& a) override {
        a.field("columns", names_);
        a.field("parts", parts_);
        a.field("cyclical", cyclical_);
    }

private:
    void add(std::vector<Column>& columns, const std::string& column, const DatePart& part, const std::vector<double>& days) const {
        std::vector<double> cells;
        for (const double day : days) {
            cells.push_back(std::isfinite(day) ? part.of(day, calendar_day(day)) : missing_number);
        }
        const std::string name = fmt::format("{}_{}", column, part.name);
        if (!cyclical_ || part.period == 0) {
            columns.push_back(Column::of_numbers(name, std::move(cells)));
            return;
        }
        std::vector<double> sines, cosines;
        for (const double cell : cells) {
            const double angle = 2 * std::numbers::pi * (cell - part.first) / part.period;
            sines.push_back(std::sin(angle));
            cosines.push_back(std::cos(angle));
        }
        columns.push_back(Column::of_numbers(name + "_sin", std::move(sines)));
        columns.push_back(Column::of_numbers(name + "_cos", std::move(cosines)));
    }

    std::vector<std::string> names_, parts_;
    bool cyclical_ = false;
};

class DateParts : public Step {
public:
    explicit DateParts(const DatePartsParams& params) : cyclical_(params.cyclical) {
        for (const ParamValue& part : params.parts) {
            const auto* word = std::get_if<Word>(&part.value);
            parts_.emplace_back(part_named(word != nullptr ? word->text : part.to_string()).name);
        }
    }
    std::unique_ptr<FittedStep> fit(const Frame& x, const Target*, FitContext&) const override {
        return std::make_unique<FittedDateParts>(x.names(), parts_, cyclical_);
    }

private:
    std::vector<std::string> parts_;
    bool cyclical_;
};

}  // namespace

void add_date_parts(Catalog& catalog) {
    ComponentInfo info;
    info.name = "date_parts";
    info.kind = ComponentKind::Step;
    info.summary = "Makes numbers of dates, for instance the month and the weekday, in place of the date; a missing date gives missing numbers";
    info.source = "ISO 8601:2004, Data elements and interchange formats, on calendar dates and weeks";
    info.example = "date_parts([month, weekday], cyclical: true)";
    info.params = specs_of(date_parts_schema());
    info.effect = always(Effect::RowWise);
    info.accepts = types_of({ColumnType::Date});
    info.takes_missing = true;
    info.gives = ColumnType::Numeric;
    info.make_step = [](const ParamValues& values, const std::vector<NamedExpression>&) {
        return std::make_unique<DateParts>(read_params(date_parts_schema(), values));
    };
    info.blank_step = [] { return std::make_unique<FittedDateParts>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
