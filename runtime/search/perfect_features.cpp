// L111: a feature that alone predicts the target almost perfectly on the training rows. A heuristic: it asks, it does not know.
#include "runtime/search/prepare.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

constexpr double almost_perfect = 0.999;

// Share of rows that the majority class of their level predicts; levels of few rows say nothing.
double accuracy_of_levels(const std::vector<std::int32_t>& codes, const std::vector<std::int32_t>& labels, std::size_t classes) {
    std::int32_t most = -1;
    for (std::int32_t code : codes) {
        most = std::max(most, code);
    }
    const auto levels = static_cast<std::size_t>(most + 2);
    if (levels * 5 > codes.size()) {
        return 0;
    }
    std::vector<std::size_t> counts(levels * classes);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        ++counts[static_cast<std::size_t>(codes[i] + 1) * classes + static_cast<std::size_t>(labels[i])];
    }
    std::size_t right = 0;
    for (std::size_t level = 0; level < levels; ++level) {
        const auto begin = counts.begin() + static_cast<std::ptrdiff_t>(level * classes);
        right += *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(classes));
    }
    return static_cast<double>(right) / static_cast<double>(codes.size());
}

// Share of rows that a cut of the sorted values into at most one interval a class predicts.
double accuracy_of_intervals(const std::vector<double>& values, const std::vector<std::int32_t>& labels, std::size_t classes) {
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    // best[c]: most rows predicted so far when the present interval predicts class c and at most `classes` intervals were used.
    std::vector<std::vector<double>> best(classes, std::vector<double>(classes, 0));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto label = static_cast<std::size_t>(labels[order[i]]);
        const bool may_cut = i > 0 && values[order[i]] > values[order[i - 1]];
        for (std::size_t used = classes; used-- > 0;) {
            if (may_cut && used > 0) {
                const double before = *std::max_element(best[used - 1].begin(), best[used - 1].end());
                for (double& b : best[used]) {
                    b = std::max(b, before);
                }
            }
            best[used][label] += 1;
        }
    }
    double most = 0;
    for (const std::vector<double>& row : best) {
        most = std::max(most, *std::max_element(row.begin(), row.end()));
    }
    return most / static_cast<double>(values.size());
}

double absolute_correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n, mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    return xx > 0 && yy > 0 ? std::abs(xy) / std::sqrt(xx * yy) : 0;
}

}  // namespace

std::vector<Finding> perfect_features(const Frame& table, const Target& target, const DataSpec& data, const RowsRef& training) {
    const Frame rows = training.index == nullptr ? table : table.take(training.index);
    const Target y = training.index == nullptr ? target : target.take(*training.index);
    std::vector<Finding> found;
    if (rows.rows() < 30) {
        return found;
    }
    for (const ColumnSpec& spec : data.columns) {
        const std::size_t c = rows.find(spec.name);
        if (!spec.is_feature() || spec.which != ColumnSpec::Which::Named || c == rows.columns()) {
            continue;
        }
        const bool numbers = holds_numbers(rows.column(c).type);
        double value = 0;
        const char* measure = "accuracy";
        if (is_classification(y.task)) {
            std::vector<double> cells = numbers ? rows.numbers(c) : std::vector<double>();
            std::replace_if(
                cells.begin(), cells.end(), [](double v) { return std::isnan(v); }, -std::numeric_limits<double>::infinity());
            value = numbers ? accuracy_of_intervals(cells, y.labels, y.class_count()) : accuracy_of_levels(rows.codes(c), y.labels, y.class_count());
        } else if (numbers) {
            std::vector<double> x, known;
            const std::vector<double> cells = rows.numbers(c);
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (!std::isnan(cells[i])) {
                    x.push_back(cells[i]);
                    known.push_back(y.values[i]);
                }
            }
            measure = "correlation";
            value = x.size() * 2 > cells.size() ? absolute_correlation(x, known) : 0;
        }
        if (value >= almost_perfect) {
            Finding finding;
            finding.kind = Finding::Kind::PerfectFeature;
            finding.subject = spec.name;
            finding.other = data.target()->name;
            finding.measure = measure;
            finding.value = value;
            finding.span = spec.span;
            found.push_back(std::move(finding));
        }
    }
    return found;
}

}  // namespace mlpc
