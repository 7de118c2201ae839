// Rows in memory and a described network, as a job for the backend.
#pragma once

#include "stdlib/networks/backend.h"
#include "stdlib/networks/build_network.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc::networks {

// Rows of one input of numbers, with classes or values.
struct ExampleRows {
    std::size_t width = 2;
    std::vector<float> numbers;
    std::vector<std::int64_t> classes;
    std::vector<float> values;
    std::vector<float> weights = {};

    std::size_t rows() const { return numbers.size() / width; }
    InputRows input() const { return {rows(), {{.width = width, .numbers = numbers.data()}}}; }
    Truth truth() const;
};
// Two numbers of each row lie on one of two circles, 1 and 2 wide, which is its class; its value is their product.
ExampleRows circles(std::size_t rows, std::uint64_t seed);
// Images of 8 × 8: a horizontal or a vertical bar on noise.
ExampleRows bars(std::size_t rows, std::uint64_t seed);

// `layers` on all numbers of a row, described.
std::string described_text(Json layers, const TrainingPlan&, std::size_t width);

enum class Predicts { Classes, Values };
TrainingJob job_on(const std::string& network, const ExampleRows& rows, Predicts = Predicts::Classes);

std::vector<float> predicted(const TrainedNetwork&, const ExampleRows&, std::size_t outputs = 2);
// Share of rows whose class has the larger probability.
double accuracy(const TrainedNetwork&, const ExampleRows&);

}  // namespace mlpc::networks
