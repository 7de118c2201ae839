// The largest cell or the mean of windows, channel by channel.
#include "stdlib/networks/module/layer.h"
#include "stdlib/networks/module/sliding.h"

#include <ATen/ops/amax.h>
#include <ATen/ops/avg_pool1d.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/max_pool1d.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/mean.h>

namespace mlpc::networks {

namespace {

enum class Statistic { Largest, Mean };

class Pool final : public Layer {
public:
    Pool(Statistic statistic, const Json& layer)
        : statistic_(statistic), places_(places_of(layer)), size_(layer.at("params").at("size")), stride_(size_) {
        if (const Json& stride = layer.at("params").at("stride"); !stride.is_null()) {
            stride_ = stride;
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        if (places_ == Places::Image) {
            return statistic_ == Statistic::Largest ? at::max_pool2d(in, size_, stride_) : at::avg_pool2d(in, size_, stride_);
        }
        const at::Tensor channels_first = in.transpose(1, 2);
        const at::Tensor pooled =
            statistic_ == Statistic::Largest ? at::max_pool1d(channels_first, size_, stride_) : at::avg_pool1d(channels_first, size_, stride_);
        return pooled.transpose(1, 2);
    }

private:
    Statistic statistic_;
    Places places_;
    std::int64_t size_, stride_;
};

class GlobalPool final : public Layer {
public:
    GlobalPool(Statistic statistic, Places places)
        : statistic_(statistic), axes_(places == Places::Image ? std::vector<std::int64_t>{2, 3} : std::vector<std::int64_t>{1}) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        return statistic_ == Statistic::Largest ? at::amax(in, axes_) : at::mean(in, axes_);
    }

private:
    Statistic statistic_;
    std::vector<std::int64_t> axes_;
};

}  // namespace

std::unique_ptr<Layer> make_max_pool(const Json& layer, const Construction&) { return std::make_unique<Pool>(Statistic::Largest, layer); }
std::unique_ptr<Layer> make_average_pool(const Json& layer, const Construction&) { return std::make_unique<Pool>(Statistic::Mean, layer); }
std::unique_ptr<Layer> make_global_max_pool(const Json& layer, const Construction&) {
    return std::make_unique<GlobalPool>(Statistic::Largest, places_of(layer));
}
std::unique_ptr<Layer> make_global_average_pool(const Json& layer, const Construction&) {
    return std::make_unique<GlobalPool>(Statistic::Mean, places_of(layer));
}

}  // namespace mlpc::networks
