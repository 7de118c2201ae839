// Recurrent layers, with the weights and the names of torch.nn.LSTM and torch.nn.GRU.
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/gru.h>
#include <ATen/ops/lstm.h>

#include <fmt/format.h>

#include <cmath>
#include <tuple>

namespace mlpc::networks {

namespace {

enum class Cell { Lstm, Gru };

class Recurrent final : public Layer {
public:
    Recurrent(Cell cell, const Json& layer, const Construction& construction)
        : cell_(cell),
          units_(layer.at("params").at("units")),
          layers_(layer.at("params").at("layers")),
          bidirectional_(layer.at("params").at("bidirectional")),
          gives_all_(layer.at("params").at("gives") == "all") {
        const double bound = 1 / std::sqrt(static_cast<double>(units_));
        const std::int64_t rows = (cell == Cell::Lstm ? 4 : 3) * units_;
        for (std::int64_t i = 0; i < layers_; ++i) {
            const std::int64_t in = i == 0 ? layer.at("in").at("extents").at(1).get<std::int64_t>() : directions() * units_;
            for (std::int64_t direction = 0; direction < directions(); ++direction) {
                const std::string name = fmt::format("_l{}{}", i, direction == 1 ? "_reverse" : "");
                add("weight_ih" + name, {rows, in}, bound, construction);
                add("weight_hh" + name, {rows, units_}, bound, construction);
                add("bias_ih" + name, {rows}, bound, construction);
                add("bias_hh" + name, {rows}, bound, construction);
            }
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        const at::Tensor start = at::zeros({layers_ * directions(), in.size(0), units_});
        at::Tensor all, last;
        if (cell_ == Cell::Lstm) {
            std::tie(all, last, std::ignore) = at::lstm(in, {start, start}, weights_, true, layers_, 0, pass.training, bidirectional_, true);
        } else {
            std::tie(all, last) = at::gru(in, start, weights_, true, layers_, 0, pass.training, bidirectional_, true);
        }
        if (gives_all_) {
            return all;
        }
        const at::Tensor forwards = last[layers_ * directions() - directions()];
        return bidirectional_ ? at::cat({forwards, last[layers_ * 2 - 1]}, 1) : forwards;
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            weights.push_back({.name = prefix + names_[i], .tensor = weights_[i]});
        }
    }

private:
    std::int64_t directions() const { return bidirectional_ ? 2 : 1; }
    void add(const std::string& name, at::IntArrayRef shape, double bound, const Construction& construction) {
        names_.push_back(name);
        weights_.push_back(construction.uniform(name, shape, bound));
    }

    Cell cell_;
    std::int64_t units_, layers_;
    bool bidirectional_, gives_all_;
    std::vector<std::string> names_;
    std::vector<at::Tensor> weights_;  // in the order in which libtorch wants them
};

}  // namespace

std::unique_ptr<Layer> make_lstm(const Json& layer, const Construction& construction) {
    return std::make_unique<Recurrent>(Cell::Lstm, layer, construction);
}
std::unique_ptr<Layer> make_gru(const Json& layer, const Construction& construction) {
    return std::make_unique<Recurrent>(Cell::Gru, layer, construction);
}

}  // namespace mlpc::networks
