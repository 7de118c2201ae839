// Networks of ours, cut before their head: of a saved model, or with weights from elsewhere.
#include "stdlib/networks/module/layer.h"
#include "stdlib/networks/module/pretrained.h"
#include "stdlib/networks/module/pretrained_input.h"
#include "stdlib/networks/module/safetensors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>

namespace mlpc::networks {

namespace {

std::string weights_in(const Json& source) {
    const Json& contents = source.at("contents");
    std::string bytes(contents.at("size").get<std::size_t>(), '\0');
    std::ifstream file(source.at("path").get<std::string>(), std::ios::binary);
    file.seekg(static_cast<std::streamoff>(contents.at("offset").get<std::size_t>()));
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file) {
        throw BackendError("the weights cannot be read: the file has changed since it was looked into");
    }
    return bytes;
}

// The layers of the one input's chain and those behind it, up to the one whose numbers are taken.
Json layers_of(const Json& source) {
    const Json& network = source.at("contents").at("network");
    Json layers = network.at("inputs").at(0).at("layers");
    for (const Json& layer : network.at("then")) {
        layers.push_back(layer);
    }
    const std::string wanted = source.at("params").value("features_at", std::string());
    if (wanted.empty()) {
        return layers;
    }
    std::map<std::string, int> counted;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto name = layers[i].at("layer").get<std::string>();
        const int number = ++counted[name];
        names.push_back(number == 1 ? name : fmt::format("{}_{}", name, number));
        if (names.back() == wanted) {
            layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(i) + 1, layers.end());
            return layers;
        }
    }
    throw BackendError(fmt::format("it has no layer `{}`; its layers are {}", wanted, fmt::join(names, ", ")));
}

// The names that a tensor of the layer at `position` may have in a file: those of our own weights, or of torch.nn.Sequential's.
std::vector<std::string> names_of(const Json& source, std::size_t position, const std::string& suffix) {
    const std::size_t in_input = source.at("contents").at("network").at("inputs").at(0).at("layers").size();
    const std::string own =
        position < in_input ? fmt::format("inputs.0.{}.{}", position, suffix) : fmt::format("then.{}.{}", position - in_input, suffix);
    return {own, fmt::format("{}.{}", position, suffix)};
}

const StoredTensor& stored_tensor(const std::map<std::string, StoredTensor>& stored, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (const auto at = stored.find(name); at != stored.end()) {
            return at->second;
        }
    }
    throw BackendError(fmt::format("the weights lack `{}`: they are of another network", fmt::join(names, "`, or as torch.nn.Sequential has it `")));
}

class OwnNetwork final : public Pretrained {
public:
    explicit OwnNetwork(const Json& source) : input_(with_input(source)), layers_(make_layers(layers_of(source), Construction{})) {
        const std::string bytes = weights_in(source);
        const std::map<std::string, StoredTensor> stored = read_safetensors(bytes);
        const at::NoGradGuard no_gradients;
        for (std::size_t i = 0; i < layers_.size(); ++i) {
            Named block;
            std::vector<Weight> weights;
            layers_[i]->add_weights("", weights);
            for (const Weight& weight : weights) {
                const std::vector<std::string> names = names_of(source, i, weight.name);
                take(weight, stored_tensor(stored, names), names.front());
                state_.emplace_back(names.front(), weight.tensor);
                if (weight.learned) {
                    block.push_back(state_.back());
                }
            }
            if (!block.empty()) {
                blocks_.push_back(std::move(block));
            }
        }
        width_ = forward(at::zeros({1, input_.cells()})).size(1);
    }
    torch::Tensor forward(const torch::Tensor& in) override {
        Pass pass;
        return numbers_of(forward_all(layers_, input_.prepared(in), pass));
    }
    std::int64_t width() const override { return width_; }
    std::vector<Named> blocks() override { return blocks_; }
    Named state() override { return state_; }

private:
    // A saved network says itself what it is given, and has no other normalisation than its layers.
    static Json with_input(Json source) {
        if (!source.at("params").contains("input")) {
            source["params"]["input"] = source.at("contents").at("network").at("inputs").at(0).at("in").at("extents");
        }
        return source;
    }
    static void take(const Weight& weight, const StoredTensor& stored, const std::string& name) {
        if (stored.shape != weight.tensor.sizes().vec()) {
            throw BackendError(fmt::format("the weights have `{}` of {}, and the network needs {}: they are of another network", name,
                                           fmt::join(stored.shape, " × "), fmt::join(weight.tensor.sizes().vec(), " × ")));
        }
        at::Tensor(weight.tensor).copy_(as_float(name, stored));
        at::Tensor(weight.tensor).set_requires_grad(false);
    }

    PretrainedInput input_;
    Layers layers_;
    std::vector<Named> blocks_;
    Named state_;
    std::int64_t width_ = 0;
};

}  // namespace

std::unique_ptr<Pretrained> open_network(const nlohmann::json& source) { return std::make_unique<OwnNetwork>(source); }

}  // namespace mlpc::networks
