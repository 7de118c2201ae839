#include "runtime/search/drift.h"

#include "runtime/core/date.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace mlpc {

namespace {

constexpr std::size_t tenths = 10, most_levels = 20, most_unseen_named = 3;
// Usual readings of the index: below 0.1 stable, from 0.25 on another population.
constexpr double noticeable_psi = 0.1;
constexpr double chance = 0.01;  // of calling anything different where nothing is, over all features
constexpr double noticeable_missing = 0.05;

// --- statistics ---------------------------------------------------------------------------------------------------

// Counts by class, the last one of missing cells; as many in both.
struct Histogram {
    std::vector<double> train, test;
};

double sum(const std::vector<double>& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

// Half a row is added to every class, so that an empty one does not make the index infinite.
double population_stability(const Histogram& h) {
    const auto classes = static_cast<double>(h.train.size());
    const double train_rows = sum(h.train) + classes / 2, test_rows = sum(h.test) + classes / 2;
    double psi = 0;
    for (std::size_t i = 0; i < h.train.size(); ++i) {
        const double p = (h.train[i] + 0.5) / train_rows, q = (h.test[i] + 0.5) / test_rows;
        psi += (q - p) * std::log(q / p);
    }
    return psi;
}

// Wilson and Hilferty 1931: the cube root of a chi-squared variable is nearly normal.
double chi_squared_p(double statistic, double degrees) {
    if (degrees < 1 || statistic <= 0) {
        return 1;
    }
    const double variance = 2 / (9 * degrees);
    return 0.5 * std::erfc((std::cbrt(statistic / degrees) - (1 - variance)) / std::sqrt(2 * variance));
}

// Where both parts come from one population, the index is nearly a chi-squared variable times (1/n + 1/m): Yurdakul 2018.
double psi_p(const Histogram& h, double psi) {
    double classes = 0;
    for (std::size_t i = 0; i < h.train.size(); ++i) {
        classes += h.train[i] + h.test[i] > 0 ? 1 : 0;
    }
    return chi_squared_p(psi / (1 / sum(h.train) + 1 / sum(h.test)), classes - 1);
}

struct KolmogorovSmirnov {
    double distance = 0, p = 1;
};

// Both sorted and not empty. The probability is Stephens's (1970) approximation.
KolmogorovSmirnov kolmogorov_smirnov(const std::vector<double>& a, const std::vector<double>& b) {
    const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    KolmogorovSmirnov result;
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const double x = std::min(a[i], b[j]);
        while (i < a.size() && a[i] <= x) {
            ++i;
        }
        while (j < b.size() && b[j] <= x) {
            ++j;
        }
        result.distance = std::max(result.distance, std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m));
    }
    const double root = std::sqrt(n * m / (n + m));
    const double lambda = (root + 0.12 + 0.11 / root) * result.distance;
    if (lambda < 0.2) {
        return result;  // the series below converges too slowly; the probability is 1 to many digits
    }
    double p = 0, sign = 2;
    for (int k = 1; k <= 100; ++k, sign = -sign) {
        p += sign * std::exp(-2 * lambda * lambda * k * k);
    }
    result.p = std::clamp(p, 0.0, 1.0);
    return result;
}

// Of two shares that are the same: the normal approximation.
double equal_shares_p(double a, double n, double b, double m) {
    const double pooled = (a * n + b * m) / (n + m);
    const double error = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    return error > 0 ? std::erfc(std::abs(a - b) / error / std::sqrt(2.0)) : 1;
}

// --- one feature --------------------------------------------------------------------------------------------------

double missing_share(const Frame& x, std::size_t c) {
    std::size_t missing = 0;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        missing += x.missing(row, c) ? 1 : 0;
    }
    return static_cast<double>(missing) / static_cast<double>(x.rows());
}

std::vector<double> sorted_numbers(const Frame& x, std::size_t c) {
    std::vector<double> cells = x.numbers(c);
    std::erase_if(cells, [](double cell) { return std::isnan(cell); });
    std::sort(cells.begin(), cells.end());
    return cells;
}

double median_of(const std::vector<double>& sorted) {
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
}

std::vector<double> counts_between(const std::vector<double>& sorted, const std::vector<double>& edges, double missing) {
    std::vector<double> counts;
    auto from = sorted.begin();
    for (const double edge : edges) {
        const auto to = std::lower_bound(from, sorted.end(), edge);
        counts.push_back(static_cast<double>(to - from));
        from = to;
    }
    counts.push_back(static_cast<double>(sorted.end() - from));
    counts.push_back(missing);
    return counts;
}

std::string shown(double value, ColumnType type) { return type == ColumnType::Date ? format_date(std::round(value)) : fmt::format("{:.4g}", value); }
std::string percent(double share) { return fmt::format("{:.3g} %", share * 100); }

class Comparison {
public:
    Comparison(const Frame& train, const Frame& test, std::size_t c, std::size_t features)
        : train_(train), test_(test), c_(c), features_(static_cast<double>(features)) {
        drift_.column = train.column(c).name;
        drift_.type = name_of(train.column(c).type);
        drift_.train_missing = missing_share(train, c);
        drift_.test_missing = missing_share(test, c);
    }

    FeatureDrift run() {
        switch (train_.column(c_).type) {
            case ColumnType::Numeric:
            case ColumnType::Date:
                compare_numbers();
                break;
            case ColumnType::Boolean:
            case ColumnType::Category:
            case ColumnType::Ordinal:
                compare_levels();
                break;
            case ColumnType::Text:
                break;
        }
        compare_missing();
        if (!reasons_.empty()) {
            drift_.finding = fmt::format("{} differs: {}", written(), fmt::join(reasons_, "; "));
        }
        return std::move(drift_);
    }

private:
    std::string written() const { return "`" + drift_.column + "`"; }
    bool is_chance(double p) const { return p * features_ >= chance; }
    double rows_missing(const Frame& x, double share) const { return share * static_cast<double>(x.rows()); }

    void compare_numbers() {
        const std::vector<double> train = sorted_numbers(train_, c_), test = sorted_numbers(test_, c_);
        if (train.empty() || test.empty()) {
            return;
        }
        std::vector<double> edges;
        for (std::size_t i = 1; i < tenths; ++i) {
            const double edge = train[train.size() * i / tenths];
            if (edge > train.front() && (edges.empty() || edge > edges.back())) {
                edges.push_back(edge);
            }
        }
        if (edges.empty()) {
            edges.push_back(train.front());  // a constant: what is smaller, and the rest
            edges.push_back(std::nextafter(train.front(), INFINITY));
        }
        const Histogram histogram{counts_between(train, edges, rows_missing(train_, drift_.train_missing)),
                                  counts_between(test, edges, rows_missing(test_, drift_.test_missing))};
        drift_.psi = population_stability(histogram);
        const KolmogorovSmirnov test_of = kolmogorov_smirnov(train, test);
        drift_.statistic = test_of.distance;
        drift_.p_value = test_of.p;
        if (drift_.psi >= noticeable_psi && !is_chance(test_of.p)) {
            const ColumnType type = train_.column(c_).type;
            reasons_.push_back(fmt::format("its median is {} on the training rows and {} on the test rows (PSI {:.2f}, Kolmogorov-Smirnov {:.2f})",
                                           shown(median_of(train), type), shown(median_of(test), type), drift_.psi, test_of.distance));
        }
    }

    std::map<std::string, double> counts_of(const Frame& x) const {
        std::map<std::string, double> counts;
        for (std::size_t row = 0; row < x.rows(); ++row) {
            if (x.missing(row, c_)) {
                continue;
            }
            const bool truth = x.column(c_).type == ColumnType::Boolean;
            counts[truth ? (x.number(row, c_) != 0 ? "true" : "false") : std::string(x.text(row, c_))] += 1;
        }
        return counts;
    }

    void compare_levels() {
        const std::map<std::string, double> train = counts_of(train_), test = counts_of(test_);
        std::vector<std::pair<std::string, double>> frequent(train.begin(), train.end());
        std::stable_sort(frequent.begin(), frequent.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
        frequent.resize(std::min(frequent.size(), most_levels));
        Histogram histogram;
        double train_rest = static_cast<double>(train_.rows()) - rows_missing(train_, drift_.train_missing);
        double test_rest = static_cast<double>(test_.rows()) - rows_missing(test_, drift_.test_missing);
        const std::pair<std::string, double>* widest = nullptr;
        double widest_gap = 0;
        for (const auto& level : frequent) {
            const auto at = test.find(level.first);
            const double in_test = at == test.end() ? 0 : at->second;
            histogram.train.push_back(level.second);
            histogram.test.push_back(in_test);
            train_rest -= level.second;
            test_rest -= in_test;
            const double gap = std::abs(level.second / static_cast<double>(train_.rows()) - in_test / static_cast<double>(test_.rows()));
            if (widest == nullptr || gap > widest_gap) {
                widest = &level;
                widest_gap = gap;
            }
        }
        histogram.train.insert(histogram.train.end(), {train_rest, rows_missing(train_, drift_.train_missing)});
        histogram.test.insert(histogram.test.end(), {test_rest, rows_missing(test_, drift_.test_missing)});
        drift_.psi = population_stability(histogram);
        drift_.statistic = drift_.psi / (1 / sum(histogram.train) + 1 / sum(histogram.test));
        drift_.p_value = psi_p(histogram, drift_.psi);
        if (drift_.psi >= noticeable_psi && !is_chance(drift_.p_value) && widest != nullptr) {
            const auto at = test.find(widest->first);
            reasons_.push_back(fmt::format("{} is {} of the training rows and {} of the test rows (PSI {:.2f})", written_text(widest->first),
                                           percent(widest->second / static_cast<double>(train_.rows())),
                                           percent((at == test.end() ? 0 : at->second) / static_cast<double>(test_.rows())), drift_.psi));
        }
        find_unseen(train, test);
    }

    void find_unseen(const std::map<std::string, double>& train, const std::map<std::string, double>& test) {
        std::vector<std::string> named;
        for (const auto& [level, count] : test) {
            if (train.contains(level)) {
                continue;
            }
            ++drift_.unseen_levels;
            drift_.unseen_rows += static_cast<std::size_t>(count);
            if (named.size() < most_unseen_named) {
                named.push_back(written_text(level));
            }
        }
        if (drift_.unseen_levels == 0) {
            return;
        }
        const std::string more = drift_.unseen_levels > named.size() ? fmt::format(" and {} more", drift_.unseen_levels - named.size()) : "";
        reasons_.push_back(fmt::format("{} test row{} {} {}{}, which no training row has", drift_.unseen_rows, drift_.unseen_rows == 1 ? "" : "s",
                                       drift_.unseen_rows == 1 ? "has" : "have", fmt::join(named, ", "), more));
    }

    void compare_missing() {
        const double p =
            equal_shares_p(drift_.train_missing, static_cast<double>(train_.rows()), drift_.test_missing, static_cast<double>(test_.rows()));
        if (std::abs(drift_.train_missing - drift_.test_missing) >= noticeable_missing && !is_chance(p)) {
            reasons_.push_back(fmt::format("{} of the training rows and {} of the test rows have no value", percent(drift_.train_missing),
                                           percent(drift_.test_missing)));
        }
    }

    const Frame& train_;
    const Frame& test_;
    std::size_t c_;
    double features_;
    FeatureDrift drift_;
    std::vector<std::string> reasons_;
};

}  // namespace

std::vector<FeatureDrift> feature_drift(const Frame& train, const Frame& test, const DataSpec& data) {
    std::set<std::string> roles;
    for (const ColumnSpec& column : data.columns) {
        if (!column.is_feature() && column.which == ColumnSpec::Which::Named) {
            roles.insert(column.name);
        }
    }
    std::vector<std::size_t> features;
    for (std::size_t c = 0; c < train.columns(); ++c) {
        if (!roles.contains(train.column(c).name)) {
            features.push_back(c);
        }
    }
    std::vector<FeatureDrift> drift;
    for (const std::size_t c : features) {
        if (train.rows() > 0 && test.rows() > 0) {
            drift.push_back(Comparison(train, test, c, features.size()).run());
        }
    }
    return drift;
}

}  // namespace mlpc
