#include "tests/unit/networks/backend_job.h"

#include "stdlib/stdlib.h"

#include <cmath>
#include <numbers>

namespace mlpc::networks {

Truth ExampleRows::truth() const {
    return {.classes = values.empty() ? classes.data() : nullptr,
            .values = values.empty() ? nullptr : values.data(),
            .weights = weights.empty() ? nullptr : weights.data()};
}

ExampleRows circles(std::size_t rows, std::uint64_t seed) {
    ExampleRows out{.width = 2};
    Rng rng = Rng::of_seed(seed);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto of_class = static_cast<std::int64_t>(rng.below(2));
        const double angle = rng.uniform(0, 2 * std::numbers::pi), radius = static_cast<double>(of_class) + 1 + 0.1 * rng.normal();
        out.numbers.push_back(static_cast<float>(radius * std::cos(angle)));
        out.numbers.push_back(static_cast<float>(radius * std::sin(angle)));
        out.classes.push_back(of_class);
    }
    return out;
}

ExampleRows bars(std::size_t rows, std::uint64_t seed) {
    constexpr std::size_t side = 8;
    ExampleRows out{.width = side * side};
    Rng rng = Rng::of_seed(seed);
    for (std::size_t row = 0; row < rows; ++row) {
        const bool vertical = rng.below(2) == 1;
        const std::size_t at = rng.below(side);
        for (std::size_t cell = 0; cell < side * side; ++cell) {
            const bool on_bar = (vertical ? cell % side : cell / side) == at;
            out.numbers.push_back(static_cast<float>((on_bar ? 1.0 : 0.0) + 0.2 * rng.normal()));
        }
        out.classes.push_back(vertical ? 1 : 0);
    }
    return out;
}

std::string described_text(Json layers, const TrainingPlan& plan, std::size_t width) {
    const TensorShape numbers{TensorShape::Kind::Numbers, {static_cast<std::int64_t>(width)}};
    return described(network({input_of_all()}, std::move(layers), plan), {numbers}, standard_library()).network.dump();
}

TrainingJob job_on(const std::string& network, const ExampleRows& rows, Predicts predicts) {
    return {.network = network, .outputs = predicts == Predicts::Classes ? 2 : 1, .fitted = rows.input(), .truth = rows.truth(), .seed = 7};
}

std::vector<float> predicted(const TrainedNetwork& network, const ExampleRows& rows, std::size_t outputs) {
    std::vector<float> out(rows.rows() * outputs);
    network.predict(rows.input(), out.data());
    return out;
}

double accuracy(const TrainedNetwork& network, const ExampleRows& rows) {
    const std::vector<float> probabilities = predicted(network, rows);
    std::size_t right = 0;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        right += (probabilities[2 * row + 1] > probabilities[2 * row]) == (rows.classes[row] == 1) ? 1 : 0;
    }
    return static_cast<double>(right) / static_cast<double>(rows.rows());
}

}  // namespace mlpc::networks
