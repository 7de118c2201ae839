#include "stdlib/networks/ready_network.h"

#include "runtime/core/error.h"
#include "stdlib/networks/network_model.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc::networks {

namespace {

class ReadyNetwork final : public Model {
public:
    ReadyNetwork(std::string name, Build build) : name_(std::move(name)), build_(std::move(build)) {}
    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return built(x)->fit(x, y, context); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        return built(x)->grow(state, x, y, context);
    }

private:
    std::unique_ptr<Model> built(const Frame& x) const { return make_network_model(build_(x), name_); }

    std::string name_;
    Build build_;
};

}  // namespace

TrainingPlan training_plan(const ReadyTraining& training, const std::string& optimiser) {
    return {.optimiser = part(optimiser, {{"rate", training.rate}, {"weight_decay", training.weight_decay}}),
            .epochs = training.epochs,
            .batch = training.batch,
            .stop_early = training.stop_early,
            .balanced = training.class_weight == models::ClassWeight::Balanced};
}

ImageExtents image_extents(std::optional<std::int64_t> height, std::optional<std::int64_t> width, std::int64_t channels, std::size_t columns,
                           const std::string& model) {
    const auto count = static_cast<std::int64_t>(columns);
    const std::int64_t pixels = count / channels;
    if (!height && !width) {
        height = width = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(pixels))));
    }
    const std::int64_t rows = height ? *height : pixels / *width;
    const std::int64_t row = width ? *width : pixels / rows;
    if (rows * row * channels != count || count == 0) {
        throw RunError(
            fmt::format("`{}` reads its columns as the pixels of an image, row by row, and {} columns are not {} × {} × {}: say `height`, "
                        "`width` and `channels`, and give it the pixels alone",
                        model, columns, rows, row, channels));
    }
    return {.height = rows, .width = row, .channels = channels};
}

std::unique_ptr<Model> make_ready_network(const std::string& name, Build build) { return std::make_unique<ReadyNetwork>(name, std::move(build)); }
std::unique_ptr<FittedModel> blank_ready_network() { return blank_network_model(); }

}  // namespace mlpc::networks
