// Functions of a whole column: one value for all rows.
#include "runtime/core/error.h"
#include "runtime/core/expression_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::expressions {

namespace {

double median_of(std::vector<double>& numbers) {
    const std::size_t middle = numbers.size() / 2;
    std::nth_element(numbers.begin(), numbers.begin() + middle, numbers.end());
    if (numbers.size() % 2 == 1) {
        return numbers[middle];
    }
    return (*std::max_element(numbers.begin(), numbers.begin() + middle) + numbers[middle]) / 2;
}

double summarise_numbers(const std::string& name, std::vector<double> numbers) {
    if (name == "sum") {
        return std::accumulate(numbers.begin(), numbers.end(), 0.0);
    }
    const double count = static_cast<double>(numbers.size());
    if (numbers.empty() || (name == "sd" && numbers.size() < 2)) {
        return missing_number;
    }
    if (name == "min") {
        return *std::min_element(numbers.begin(), numbers.end());
    }
    if (name == "max") {
        return *std::max_element(numbers.begin(), numbers.end());
    }
    if (name == "median") {
        return median_of(numbers);
    }
    const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / count;
    if (name == "mean") {
        return mean;
    }
    double squares = 0;
    for (const double x : numbers) {
        squares += (x - mean) * (x - mean);
    }
    return std::sqrt(squares / (count - 1));
}

double count_true(const Value& condition, std::size_t rows) {
    double count = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        count += is_true(condition.number(row)) ? 1 : 0;
    }
    return count;
}
double count_missing(const Value& x, std::size_t rows) {
    double count = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        count += x.missing(row) ? 1 : 0;
    }
    return count;
}
// Rows with a missing part agree with none.
bool all_unique(const std::vector<Value>& values, std::size_t rows) {
    std::vector<std::vector<std::int64_t>> parts;
    for (const Value& value : values) {
        parts.push_back(distinct_ids(value, rows));
    }
    std::vector<std::vector<std::int64_t>> keys;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<std::int64_t> key;
        for (const auto& part : parts) {
            key.push_back(part[row]);
        }
        if (std::find(key.begin(), key.end(), -1) == key.end()) {
            keys.push_back(std::move(key));
        }
    }
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
}
double count_classes(const Value& x, std::size_t rows) {
    const std::vector<std::int64_t> ids = distinct_ids(x, rows);
    return ids.empty() ? 0.0 : static_cast<double>(*std::max_element(ids.begin(), ids.end()) + 1);
}
std::vector<double> present_numbers(const Value& x, std::size_t rows) {
    std::vector<double> numbers;
    for (std::size_t row = 0; row < rows; ++row) {
        if (!x.missing(row)) {
            numbers.push_back(x.number(row));
        }
    }
    return numbers;
}

}  // namespace

double aggregate(const std::string& name, const std::vector<Value>& values, std::size_t row_count) {
    const auto rows = static_cast<double>(row_count);
    if (name == "rows") {
        return rows;
    }
    if (name == "count") {
        return count_true(values.at(0), row_count);
    }
    if (name == "share") {
        return count_true(values.at(0), row_count) / rows;
    }
    if (name == "unique") {
        return truth(all_unique(values, row_count));
    }
    if (name == "missing") {
        return count_missing(values.at(0), row_count) / rows;
    }
    if (name == "classes") {
        return count_classes(values.at(0), row_count);
    }
    return summarise_numbers(name, present_numbers(values.at(0), row_count));
}

}  // namespace mlpc::expressions
