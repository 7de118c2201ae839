// Every layer, optimiser and schedule gives what PyTorch's gives; data/torch_reference.json was printed by torch_reference.py.
#include "stdlib/networks/module/optimiser.h"
#include "stdlib/networks/module/schedule.h"
#include "stdlib/stdlib.h"
#include "tests/unit/networks/backend_job.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <set>

namespace mlpc::networks {
namespace torch_reference_test {

const Json& reference() {
    static const Json json = Json::parse(std::ifstream(MLPC_SOURCE_DIR "/tests/unit/networks/data/torch_reference.json"));
    return json;
}

// In the format of safetensors.
std::string stored(const Json& weights) {
    Json header = Json::object();
    std::string cells;
    for (const auto& [name, weight] : weights.items()) {
        const auto values = weight.at("values").get<std::vector<float>>();
        const std::size_t begin = cells.size();
        cells.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
        header[name] = {{"dtype", "F32"}, {"shape", weight.at("shape")}, {"data_offsets", {begin, cells.size()}}};
    }
    const std::string text = header.dump();
    const auto length = static_cast<std::uint64_t>(text.size());
    std::string file(8, '\0');
    std::memcpy(file.data(), &length, 8);
    return file + text + cells;
}

// The layer as a network whose head gives its numbers as they are.
struct Bare {
    std::string network, weights;
    std::int64_t outputs = 0;
};
Bare bare(const Json& example) {
    Json layers = example.at("layers"), input = input_of_all(), weights = example.at("weights");
    TensorShape shape = shape_from_json({{"kind", example.at("kind")}, {"extents", example.at("extents")}});
    input["levels"] = example.at("levels");
    // What is no row of numbers at the end is made one.
    if (shape.kind == TensorShape::Kind::Image || shape.kind == TensorShape::Kind::Sequence) {
        const Described so_far =
            described(network({input_of_all(layers)}, Json::array({layer("flatten")}), {.optimiser = part("sgd")}), {shape}, standard_library());
        const Json& last = so_far.network.at("inputs")[0].at("layers").back();
        if (last.at("out").at("kind") != "numbers") {
            layers.push_back(layer("flatten"));
        }
    }
    const Described whole = described(network({input}, layers, {.optimiser = part("sgd")}), {shape}, standard_library());
    const std::int64_t width = whole.out.extents.at(0);
    std::vector<float> identity(static_cast<std::size_t>(width * width), 0.0F);
    for (std::int64_t i = 0; i < width; ++i) {
        identity[static_cast<std::size_t>(i * width + i)] = 1;
    }
    weights["head.weight"] = {{"shape", {width, width}}, {"values", identity}};
    weights["head.bias"] = {{"shape", {width}}, {"values", std::vector<float>(static_cast<std::size_t>(width), 0.0F)}};
    return {whole.network.dump(), stored(weights), width};
}

TEST(TorchReference, EveryLayerGivesItsNumbers) {
    std::set<std::string> compared;
    for (const Json& example : reference().at("layers")) {
        SCOPED_TRACE(example.at("name").get<std::string>());
        const Bare layer = bare(example);
        const auto network = backend().load(layer.network, layer.outputs, false, layer.weights);
        const bool of_codes = example.at("kind") == "codes" || example.at("kind") == "tokens";
        const auto expected = example.at("y").get<std::vector<double>>();
        const auto codes = of_codes ? example.at("x").get<std::vector<std::int64_t>>() : std::vector<std::int64_t>{};
        const auto numbers = of_codes ? std::vector<float>{} : example.at("x").get<std::vector<float>>();
        const std::size_t rows = expected.size() / static_cast<std::size_t>(layer.outputs);
        const InputCells cells{.width = (codes.size() + numbers.size()) / rows,
                               .numbers = of_codes ? nullptr : numbers.data(),
                               .codes = of_codes ? codes.data() : nullptr};
        std::vector<float> given(expected.size());
        network->predict({rows, {cells}}, given.data());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_NEAR(given[i], expected[i], 2e-5) << "cell " << i;
        }
        for (const Json& one : example.at("layers")) {
            compared.insert(one.at("layer").get<std::string>());
        }
    }
    // These say how numbers are to be seen, draw at random, or have a test of their own.
    for (const char* other : {"image", "sequence", "tokens", "noise", "spatial_dropout", "position", "pretrained"}) {
        compared.insert(other);
    }
    const std::vector<std::string> all = standard_library().names(ComponentKind::Layer);
    EXPECT_EQ(compared, (std::set<std::string>(all.begin(), all.end())));
}

TEST(TorchReference, EveryOptimiserMovesAsItsOwn) {
    std::set<std::string> compared;
    for (const Json& example : reference().at("updates")) {
        SCOPED_TRACE(example.at("part").get<std::string>() + example.at("params").dump());
        compared.insert(example.at("part").get<std::string>());
        const auto rule = make_update_rule(example);
        auto weight = example.at("weight").get<std::vector<float>>();
        OptimiserSlot slot;
        for (std::size_t step = 0; step < example.at("gradients").size(); ++step) {
            const auto gradient = example.at("gradients")[step].get<std::vector<float>>();
            rule->update(weight, gradient, example.at("params").at("rate"), slot);
            const auto after = example.at("after")[step].get<std::vector<double>>();
            for (std::size_t i = 0; i < after.size(); ++i) {
                ASSERT_NEAR(weight[i], after[i], 1e-5) << "step " << step;
            }
        }
    }
    const std::vector<std::string> all = standard_library().names(ComponentKind::Optimiser);
    EXPECT_EQ(compared, (std::set<std::string>(all.begin(), all.end())));
}

TEST(TorchReference, SchedulesFollowTheirs) {
    for (const Json& example : reference().at("schedules")) {
        SCOPED_TRACE(example.at("part").get<std::string>());
        const std::int64_t epochs = example.at("epochs"), batches = example.at("batches");
        const Schedule schedule(example, epochs, batches);
        std::size_t at = 0;
        for (std::int64_t epoch = 0; epoch < epochs; ++epoch) {
            for (std::int64_t batch = 0; batch < batches; ++batch, ++at) {
                EXPECT_NEAR(schedule.factor(epoch, batch, {}), example.at("factors")[at].get<double>(), 1e-12) << epoch << ", " << batch;
            }
        }
    }
}

TEST(TorchReference, PlateauFollowsTheLoss) {
    const Json& example = reference().at("plateau")[0];
    const Schedule schedule(part("plateau", {{"patience", 2}, {"factor", 0.5}, {"warmup", 0}}), 11, 5);
    ScheduleState state;
    for (std::size_t epoch = 0; epoch < example.at("losses").size(); ++epoch) {
        schedule.epoch_ended(example.at("losses")[epoch], state);
        EXPECT_DOUBLE_EQ(schedule.factor(static_cast<std::int64_t>(epoch) + 1, 0, state), example.at("factors")[epoch].get<double>()) << epoch;
    }
}

TEST(Schedule, WarmsUpBeforeItBegins) {
    const Schedule schedule(part("cosine", {{"over", 6}, {"floor", 0}, {"warmup", 2}}), 100, 2);
    std::vector<double> factors;
    for (std::int64_t epoch = 0; epoch < 7; ++epoch) {
        factors.push_back(schedule.factor(epoch, 0, {}));
        factors.push_back(schedule.factor(epoch, 1, {}));
    }
    const std::vector<double> expected{0.25, 0.5, 0.75, 1, 1, 0.96194, 0.85355, 0.69134, 0.5, 0.30866, 0.14645, 0.03806, 0, 0};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(factors[i], expected[i], 1e-5) << i;
    }
}

}  // namespace torch_reference_test
}  // namespace mlpc::networks
