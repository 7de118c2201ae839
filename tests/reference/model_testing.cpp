#include "tests/reference/model_testing.h"

#include "stdlib/stdlib.h"

#include <stdexcept>

namespace mlpc {

Frame frame_of(const Matrix& cells) {
    std::vector<std::string> names;
    for (Eigen::Index c = 0; c < cells.cols(); ++c) {
        names.push_back("x" + std::to_string(c));
    }
    return Frame::from_matrix(cells, names);
}

Target labels_of(std::size_t classes, std::vector<std::int32_t> labels, std::vector<double> weights) {
    Levels names;
    for (std::size_t c = 0; c < classes; ++c) {
        names.push_back("c" + std::to_string(c));
    }
    return {.task = classes == 2 ? Task::Binary : Task::Multiclass,
            .values = {},
            .labels = std::move(labels),
            .classes = std::make_shared<const Levels>(std::move(names)),
            .weights = std::move(weights)};
}

Target values_of(std::vector<double> values, std::vector<double> weights) {
    return {.task = Task::Regression, .values = std::move(values), .labels = {}, .classes = nullptr, .weights = std::move(weights)};
}

const ComponentInfo& model_info(const std::string& name) {
    const ComponentInfo* info = standard_library().find(ComponentKind::Model, name);
    if (info == nullptr) {
        throw std::runtime_error("no model " + name);
    }
    return *info;
}

std::unique_ptr<FittedModel> fit_model(const std::string& name, const NamedParams& params, const Frame& x, const Target& y, std::uint64_t seed) {
    const ComponentInfo& info = model_info(name);
    ParamValues values = info.default_params();
    for (const auto& [param, value] : params) {
        values.at(info.find_param(param)) = value;
    }
    FitContext context{.rng = Rng::of_seed(seed)};
    return info.make_model(values)->fit(x, y, context);
}

std::vector<std::byte> state_of(FittedModel& model) {
    Archive archive = Archive::writer();
    model.archive(archive);
    return {archive.bytes().begin(), archive.bytes().end()};
}

}  // namespace mlpc
