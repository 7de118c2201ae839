#include "stdlib/networks/module/text_encoder.h"

#include "stdlib/networks/module/safetensors.h"
#include "stdlib/networks/module/transformer_layer.h"

#include <ATen/ops/embedding.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

namespace mlpc::networks {
namespace {

using Json = nlohmann::json;
using Shape = std::vector<std::int64_t>;

// What the weights do not tell.
struct Configuration {
    std::int64_t heads = 0;
    double epsilon = 1e-12;
    bool of_first = false;  // takes what is given for [CLS]; else the mean over all codes
    bool normalised = true;
};

Json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    Json json = file ? Json::parse(file, nullptr, false) : Json::object();
    if (!json.is_object()) {
        throw BackendError(fmt::format("`{}` is not an object of JSON", path.string()));
    }
    return json;
}

Configuration configuration(const std::string& path, const Json& params) {
    const std::filesystem::path beside = std::filesystem::path(path).parent_path() / "config.json";
    const Json file = read_json(beside);
    try {
        if (const auto type = file.value("model_type", "bert"); type != "bert") {
            throw BackendError(fmt::format("`{}` says that the network is `{}`, and only `bert` is read", beside.string(), type));
        }
        if (const auto activation = file.value("hidden_act", "gelu"); activation != "gelu") {
            throw BackendError(fmt::format("`{}` says that the activation is `{}`, and only `gelu` is read", beside.string(), activation));
        }
        if (const auto positions = file.value("position_embedding_type", "absolute"); positions != "absolute") {
            throw BackendError(fmt::format("`{}` says that positions are `{}`, and only `absolute` is read", beside.string(), positions));
        }
        const bool told = params.contains("heads") && !params["heads"].is_null();
        return {.heads = told ? params["heads"].get<std::int64_t>() : file.value("num_attention_heads", std::int64_t{0}),
                .epsilon = file.value("layer_norm_eps", 1e-12),
                .of_first = params.value("pooling", "mean") == "first",
                .normalised = params.value("normalise", true)};
    } catch (const Json::exception& error) {
        throw BackendError(fmt::format("`{}` is not as it should be: {}", beside.string(), error.what()));
    }
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::streamoff length = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    std::string bytes(static_cast<std::size_t>(std::max<std::streamoff>(length, 0)), '\0');
    file.seekg(0);
    if (length < 0 || !file.read(bytes.data(), length)) {
        throw BackendError("it can't be read");
    }
    return bytes;
}

// Takes the tensors of a file into a network, block by block.
class WeightReader {
public:
    explicit WeightReader(const std::string& path) : bytes_(bytes_of(path)), tensors_(found_in(bytes_)) {
        constexpr std::string_view words = "embeddings.word_embeddings.weight";
        for (const auto& [name, tensor] : tensors_) {
            if (name.ends_with(words)) {
                prefix_ = name.substr(0, name.size() - words.size());
                return;
            }
        }
        throw BackendError(fmt::format("it is no BERT: it has no tensor `{}`", words));
    }
    const Shape& shape_of_matrix(const std::string& name) const {
        const Shape& shape = stored(name).shape;
        if (shape.size() != 2) {
            throw BackendError(fmt::format("it is no BERT: `{}` is no matrix", prefix_ + name));
        }
        return shape;
    }
    bool has(const std::string& name) const { return tensors_.contains(prefix_ + name); }
    at::Tensor take(const std::string& name, const Shape& shape) {
        const StoredTensor& tensor = stored(name);
        if (tensor.shape != shape) {
            throw BackendError(fmt::format("`{}` has the shape {}, and {} fits", prefix_ + name, tensor.shape, shape));
        }
        block_.emplace_back(name, as_float(prefix_ + name, tensor));
        return block_.back().second;
    }
    Linear take_linear(const std::string& name, std::int64_t from, std::int64_t to) {
        return {take(name + ".weight", {to, from}), take(name + ".bias", {to})};
    }
    Norm take_norm(const std::string& name, std::int64_t width, double epsilon) {
        // Files converted from TensorFlow call them gamma and beta.
        const bool gamma = has(name + ".gamma");
        return {take(name + (gamma ? ".gamma" : ".weight"), {width}), take(name + (gamma ? ".beta" : ".bias"), {width}), epsilon};
    }
    Pretrained::Named end_block() { return std::exchange(block_, {}); }

private:
    static std::map<std::string, StoredTensor> found_in(std::string_view bytes) {
        try {
            return read_safetensors(bytes);
        } catch (const BackendError& error) {
            throw BackendError(fmt::format("it is no BERT as safetensors: {}", error.what()));
        }
    }
    const StoredTensor& stored(const std::string& name) const {
        const auto found = tensors_.find(prefix_ + name);
        if (found == tensors_.end()) {
            throw BackendError(fmt::format("it is no BERT: it has no tensor `{}`", prefix_ + name));
        }
        return found->second;
    }

    const std::string bytes_;
    const std::map<std::string, StoredTensor> tensors_;  // views into the bytes
    std::string prefix_;
    Pretrained::Named block_;
};

class TextEncoder : public Pretrained {
public:
    TextEncoder(const std::string& path, const Configuration& configuration) : configuration_(configuration) {
        WeightReader weights(path);
        read_embeddings(weights);
        if (configuration.heads < 1 || width_ % configuration.heads != 0) {
            throw BackendError(fmt::format("`{}` is {} wide, which {} heads do not share evenly: give `heads`, or `config.json` beside it", path,
                                           width_, configuration.heads));
        }
        while (weights.has(fmt::format("encoder.layer.{}.attention.self.query.weight", layers_.size()))) {
            read_layer(weights);
        }
        if (layers_.empty()) {
            throw BackendError(std::string("it is no BERT: it has no layer"));
        }
    }

    at::Tensor forward(const at::Tensor& codes) override {
        check(codes);
        if (at::GradMode::is_enabled()) {
            return encode(codes);
        }
        // One at a time, since how a product of matrices is summed depends on how many rows it has.
        std::vector<at::Tensor> rows;
        for (std::int64_t row = 0; row < codes.size(0); ++row) {
            rows.push_back(encode(codes.narrow(0, row, 1)));
        }
        return rows.empty() ? at::empty({0, width_}) : at::cat(rows);
    }
    void freeze() override {
        blocks_.clear();
        for (TransformerLayer& layer : layers_) {
            layer.freeze();
        }
    }
    std::int64_t width() const override { return width_; }
    std::vector<Named> blocks() override { return blocks_; }
    Named state() override {
        Named all;
        for (const Named& block : blocks_) {
            all.insert(all.end(), block.begin(), block.end());
        }
        return all;
    }

private:
    void read_embeddings(WeightReader& weights) {
        const Shape& words = weights.shape_of_matrix("embeddings.word_embeddings.weight");
        width_ = words[1];
        words_ = weights.take("embeddings.word_embeddings.weight", words);
        positions_ = weights.take("embeddings.position_embeddings.weight", weights.shape_of_matrix("embeddings.position_embeddings.weight"));
        types_ = weights.take("embeddings.token_type_embeddings.weight", weights.shape_of_matrix("embeddings.token_type_embeddings.weight"));
        if (width_ < 1 || positions_.size(1) != width_ || types_.size(1) != width_ || types_.size(0) < 1) {
            throw BackendError(
                fmt::format("its embeddings of words, positions and types are {}, {} and {} wide", width_, positions_.size(1), types_.size(1)));
        }
        after_embedding_ = weights.take_norm("embeddings.LayerNorm", width_, configuration_.epsilon);
        blocks_.push_back(weights.end_block());
    }
    void read_layer(WeightReader& weights) {
        const std::string name = fmt::format("encoder.layer.{}.", layers_.size());
        const std::int64_t inner = weights.shape_of_matrix(name + "intermediate.dense.weight")[0];
        layers_.push_back({.query = weights.take_linear(name + "attention.self.query", width_, width_),
                           .key = weights.take_linear(name + "attention.self.key", width_, width_),
                           .value = weights.take_linear(name + "attention.self.value", width_, width_),
                           .attended = weights.take_linear(name + "attention.output.dense", width_, width_),
                           .intermediate = weights.take_linear(name + "intermediate.dense", width_, inner),
                           .output = weights.take_linear(name + "output.dense", inner, width_),
                           .after_attention = weights.take_norm(name + "attention.output.LayerNorm", width_, configuration_.epsilon),
                           .after_output = weights.take_norm(name + "output.LayerNorm", width_, configuration_.epsilon),
                           .heads = configuration_.heads});
        blocks_.push_back(weights.end_block());
    }
    void check(const at::Tensor& codes) const {
        if (codes.numel() != 0 && (codes.min().item<std::int64_t>() < 0 || codes.max().item<std::int64_t>() >= words_.size(0))) {
            throw BackendError(fmt::format("it knows {} pieces, and the vocabulary has more: they are not of the same network", words_.size(0)));
        }
    }
    // Padding behind the longest row is cut off, what is left of it is not seen.
    at::Tensor encode(const at::Tensor& given) const {
        const at::Tensor present = given != 0;
        const at::Tensor lengths = present.sum(1);
        const std::int64_t steps = std::max<std::int64_t>(1, lengths.max().item<std::int64_t>());
        if (steps > positions_.size(0)) {
            throw BackendError(
                fmt::format("it reads at most {} pieces of a text, and is given {}: give a smaller `length`", positions_.size(0), steps));
        }
        const at::Tensor codes = given.narrow(1, 0, steps);
        const at::Tensor kept = present.narrow(1, 0, steps).to(at::kFloat).unsqueeze(2);
        at::Tensor unseen;
        if (lengths.min().item<std::int64_t>() < steps) {
            unseen = (1 - kept.view({kept.size(0), 1, 1, steps})) * std::numeric_limits<float>::lowest();
        }
        at::Tensor x = after_embedding_(at::embedding(words_, codes) + positions_.narrow(0, 0, steps) + types_[0]);
        for (const TransformerLayer& layer : layers_) {
            x = layer(x, unseen);
        }
        return scaled(configuration_.of_first ? x.select(1, 0) : (x * kept).sum(1) / kept.sum(1).clamp_min(1e-9));
    }
    at::Tensor scaled(const at::Tensor& x) const { return configuration_.normalised ? x / x.norm(2, {1}, true).clamp_min(1e-12) : x; }

    Configuration configuration_;
    std::int64_t width_ = 0;
    at::Tensor words_, positions_, types_;
    Norm after_embedding_;
    std::vector<TransformerLayer> layers_;
    std::vector<Named> blocks_;
};

}  // namespace

std::unique_ptr<Pretrained> open_text_encoder(const Json& source) {
    const auto path = source.at("path").get<std::string>();
    return std::make_unique<TextEncoder>(path, configuration(path, source.at("params")));
}

}  // namespace mlpc::networks
