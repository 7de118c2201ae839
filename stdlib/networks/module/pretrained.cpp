#include "stdlib/networks/module/pretrained.h"

#include "stdlib/networks/module/guarded.h"
#include "stdlib/networks/module/layer.h"
#include "stdlib/networks/module/rows.h"
#include "stdlib/networks/module/text_encoder.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace mlpc::networks {

namespace {

using PretrainedFactory = std::unique_ptr<Pretrained>(const Json& source);

const std::map<std::string, PretrainedFactory*, std::less<>>& factories() {
    static const std::map<std::string, PretrainedFactory*, std::less<>> table{
        {"safetensors", open_network},
        {"saved", open_network},
        {"text_encoder", open_text_encoder},
        {"torchscript", open_torchscript},
    };
    return table;
}

std::string path_of(const Json& source) { return std::filesystem::path(source.at("path").get<std::string>()).filename().string(); }

// One row at a time: what a row gives then hangs on that row alone, to the last bit, and a short text is not padded.
class RowByRow final : public Encoder {
public:
    explicit RowByRow(std::unique_ptr<Pretrained> network) : network_(std::move(network)) { network_->freeze(); }
    std::int64_t width() const override { return network_->width(); }
    void encode(const InputRows& rows, float* out) const override {
        guarded([&] {
            const at::NoGradGuard no_gradients;
            for (std::size_t row = 0; row < rows.rows; ++row) {
                const at::Tensor numbers = network_->forward(row_of(rows.inputs.at(0), row)).contiguous();
                std::copy_n(numbers.data_ptr<float>(), width(), out + row * static_cast<std::size_t>(width()));
            }
        });
    }

private:
    static at::Tensor row_of(const InputCells& cells, std::size_t row) {
        const auto width = static_cast<std::int64_t>(cells.width);
        const std::size_t begin = row * cells.width;
        return cells.codes != nullptr ? at::from_blob(const_cast<std::int64_t*>(cells.codes) + begin, {1, width}, at::kLong)
                                      : at::from_blob(const_cast<float*>(cells.numbers) + begin, {1, width}, at::kFloat);
    }

    std::unique_ptr<Pretrained> network_;
};

class PretrainedLayer final : public Layer {
public:
    explicit PretrainedLayer(const Json& params)
        : network_(open_pretrained(Json::parse(params.at("source").get<std::string>()))),
          trained_(trained_blocks(*network_, params)),
          rate_factor_(params.at("rate_factor").get<double>()) {
        epoch_begins(1);
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return network_->forward(in); }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        for (const auto& [name, tensor] : network_->state()) {
            const bool learned = std::any_of(trained_.begin(), trained_.end(), [&, &name = name](const TrainedBlock& block) {
                return std::any_of(block.parameters.begin(), block.parameters.end(), [&](const auto& parameter) { return parameter.first == name; });
            });
            weights.push_back({prefix + name, tensor, learned, rate_factor_});
        }
    }
    void epoch_begins(std::int64_t epoch) override {
        for (TrainedBlock& block : trained_) {
            for (auto& [name, tensor] : block.parameters) {
                tensor.set_requires_grad(epoch >= block.from_epoch);
            }
        }
    }

private:
    std::unique_ptr<Pretrained> network_;
    std::vector<TrainedBlock> trained_;
    double rate_factor_;
};

}  // namespace

std::unique_ptr<Pretrained> open_pretrained(const Json& source) {
    const auto at = factories().find(source.at("format").get<std::string>());
    if (at == factories().end()) {
        throw BackendError("libtorch opens no network in the format " + source.at("format").get<std::string>());
    }
    try {
        return at->second(source);
    } catch (const BackendError& error) {
        throw BackendError(path_of(source) + ": " + error.what());
    } catch (const c10::Error& error) {
        // Behind the first line stand the functions of libtorch through which it came.
        const std::string words = error.what_without_backtrace();
        throw BackendError(path_of(source) + ": libtorch refuses it: " + words.substr(0, words.find('\n')));
    }
}

std::unique_ptr<Encoder> open_encoder(const Json& layer_params) {
    return std::make_unique<RowByRow>(open_pretrained(Json::parse(layer_params.at("source").get<std::string>())));
}

std::vector<TrainedBlock> trained_blocks(Pretrained& network, const Json& layer_params) {
    const std::vector<Pretrained::Named> blocks = network.blocks();
    const Json& unfreeze = layer_params.at("unfreeze");
    const std::size_t count = unfreeze.is_string() ? blocks.size() : std::min(blocks.size(), static_cast<std::size_t>(unfreeze.get<double>()));
    const bool gradual = layer_params.at("gradual").get<bool>();
    std::vector<TrainedBlock> trained;
    for (std::size_t i = 0; i < count; ++i) {
        trained.push_back({blocks[blocks.size() - 1 - i], gradual ? static_cast<std::int64_t>(i) + 1 : 1});
    }
    return trained;
}

std::unique_ptr<Layer> make_pretrained(const Json& layer, const Construction&) { return std::make_unique<PretrainedLayer>(layer.at("params")); }

}  // namespace mlpc::networks
