#include "runtime/report/html_chart.h"

#include "runtime/report/html_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

constexpr double margin = 4;  // per cent on either side, room for a mark at the end of the scale

struct Scale {
    double low = 0, high = 1, step = 0.2;
    double percent(double value) const { return margin + (100 - 2 * margin) * (value - low) / (high - low); }
    std::vector<double> ticks() const {
        std::vector<double> list;
        const int count = static_cast<int>(std::lround((high - low) / step));
        for (int i = 0; i <= count; ++i) {
            list.push_back(low + i * step);
        }
        return list;
    }
};

// A step of 1, 2 or 5 times a power of ten that cuts the range into at most five parts.
double round_step(double range) {
    const double power = std::pow(10, std::floor(std::log10(range / 5)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (range / (factor * power) <= 5) {
            return factor * power;
        }
    }
    return 10 * power;
}

Scale scale_of(const std::vector<ChartRow>& rows) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto include = [&](double value) {
        low = std::isfinite(value) ? std::min(low, value) : low;
        high = std::isfinite(value) ? std::max(high, value) : high;
    };
    for (const ChartRow& row : rows) {
        for (const ChartMark& mark : row.marks) {
            include(mark.score.mean);
            include(mark.score.low);
            include(mark.score.high);
        }
        std::for_each(row.singles.begin(), row.singles.end(), include);
    }
    if (low > high) {
        return {};
    }
    const double range = std::max(high - low, 1e-9 * std::max(1.0, std::abs(high)));
    const double step = round_step(range);
    Scale scale{.low = std::floor(low / step) * step, .high = std::ceil(high / step) * step, .step = step};
    scale.high = scale.high > scale.low ? scale.high : scale.low + step;
    return scale;
}

const char* name_of(MarkKind kind) {
    switch (kind) {
        case MarkKind::Train:
            return "train";
        case MarkKind::Validation:
            return "validation";
        case MarkKind::Test:
            return "test";
        case MarkKind::Dummy:
            return "dummy";
    }
    return "";
}

// Shapes differ, so that colour is not needed to tell them apart.
std::string shape(MarkKind kind, double percent, const char* height = "50%") {
    const std::string_view drawing = kind == MarkKind::Test    ? R"(<path d="M0 -7 7 0 0 7 -7 0z"/>)"
                                     : kind == MarkKind::Dummy ? R"(<path d="M-1.5 -11h3v22h-3z"/>)"
                                                               : R"(<circle r="5.5"/>)";
    return fmt::format(R"(<svg x="{:.2f}%" y="{}" class="mark {}" overflow="visible">{}</svg>)", percent, height, name_of(kind), drawing);
}

// Where marks share a row, their intervals lie below each other.
const char* height_of(const ChartRow& row, MarkKind kind) {
    if (row.marks.size() < 2) {
        return "50%";
    }
    return kind == MarkKind::Validation ? "32%" : kind == MarkKind::Test ? "70%" : "50%";
}

std::string interval(const ChartMark& mark, const Scale& scale, const char* height) {
    if (!std::isfinite(mark.score.low) || !std::isfinite(mark.score.high)) {
        return "";
    }
    return fmt::format(R"(<line class="interval {0}" x1="{1:.2f}%" x2="{2:.2f}%" y1="{3}" y2="{3}"/>)", name_of(mark.kind),
                       scale.percent(mark.score.low), scale.percent(mark.score.high), height);
}

std::string grid(const Scale& scale) {
    std::string out;
    for (const double tick : scale.ticks()) {
        out += fmt::format(R"(<line class="grid" x1="{0:.2f}%" x2="{0:.2f}%" y1="0" y2="100%"/>)", scale.percent(tick));
    }
    return out;
}

std::string plot(const ChartRow& row, const Scale& scale) {
    std::string out = R"(<svg class="plot" aria-hidden="true">)" + grid(scale);
    for (const double value : row.singles) {
        if (std::isfinite(value)) {
            out += fmt::format(R"(<circle class="single {}" cx="{:.2f}%" cy="50%" r="4"/>)", name_of(row.single_kind), scale.percent(value));
        }
    }
    for (const ChartMark& mark : row.marks) {
        out += interval(mark, scale, height_of(row, mark.kind));
    }
    for (const ChartMark& mark : row.marks) {
        out += std::isfinite(mark.score.mean) ? shape(mark.kind, scale.percent(mark.score.mean), height_of(row, mark.kind)) : "";
    }
    return out + "</svg>";
}

std::string axis_row(const std::string& axis, const Scale& scale) {
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(scale.step) - 1e-9)), 0, 9);
    std::string out = R"(<div class="row axis"><span class="label"></span><svg class="plot" aria-hidden="true">)";
    for (const double tick : scale.ticks()) {
        const double value = std::abs(tick) < scale.step / 2 ? 0 : tick;
        out += fmt::format(R"(<text x="{:.2f}%" y="14" text-anchor="middle">{:.{}f}</text>)", scale.percent(tick), value, decimals);
    }
    return out + R"(</svg><span class="value">)" + html_escaped(axis) + "</span></div>\n";
}

std::string legend_line(const std::vector<MarkKind>& kinds) {
    std::string out;
    for (const MarkKind kind : kinds) {
        out += fmt::format(R"(<span><svg width="18" height="18" aria-hidden="true">{}</svg> {}</span>)", shape(kind, 50), name_of(kind));
    }
    return kinds.empty() ? "" : R"(<p class="legend">)" + out + "</p>\n";
}

}  // namespace

std::string html_chart(const std::string& caption, const std::string& axis, const std::vector<ChartRow>& rows, const std::vector<MarkKind>& legend) {
    const Scale scale = scale_of(rows);
    std::string out = "<figure class=\"chart\">\n<figcaption>" + html_escaped(caption) + "</figcaption>\n";
    for (const ChartRow& row : rows) {
        out += R"(<div class="row"><span class="label">)" + html_escaped(row.label) + "</span>" + plot(row, scale) + R"(<span class="value">)" +
               html_escaped(row.value) + "</span></div>\n";
    }
    return out + axis_row(axis, scale) + legend_line(legend) + "</figure>\n";
}

}  // namespace mlpc
