#include "stdlib/networks/module/augmentation.h"

#include "stdlib/networks/backend.h"

#include <ATen/ops/_sample_dirichlet.h>
#include <ATen/ops/affine_grid_generator.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/randperm.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>

#include <numbers>

namespace mlpc::networks {

namespace {

// A number for each of n rows.
at::Tensor uniform(std::int64_t n, double low, double high, const at::Generator& generator) { return at::empty({n}).uniform_(low, high, generator); }
// A whole number of 0 … bound - 1 for each of n rows.
at::Tensor below(std::int64_t n, std::int64_t bound, const at::Generator& generator) {
    return at::empty({n}, at::kLong).random_(0, bound, generator);
}

at::Tensor flipped_along(std::int64_t axis, const at::Tensor& images, double share, const at::Generator& generator) {
    const at::Tensor chosen = uniform(images.size(0), 0, 1, generator).lt(share).reshape({-1, 1, 1, 1});
    return at::where(chosen, images.flip(axis), images);
}

// A window of the image with zeros around it, for each row from a corner of its own.
at::Tensor cropped(const at::Tensor& images, std::int64_t padding, const at::Generator& generator) {
    const std::int64_t rows = images.size(0), height = images.size(2), width = images.size(3);
    const at::Tensor padded = at::constant_pad_nd(images, {padding, padding, padding, padding});
    const at::Tensor tops = below(rows, 2 * padding + 1, generator), lefts = below(rows, 2 * padding + 1, generator);
    const std::int64_t *top = tops.data_ptr<std::int64_t>(), *left = lefts.data_ptr<std::int64_t>();
    at::Tensor out = at::empty(images.sizes());
    for (std::int64_t row = 0; row < rows; ++row) {
        out[row].copy_(padded[row].slice(1, top[row], top[row] + height).slice(2, left[row], left[row] + width));
    }
    return out;
}

at::Tensor rotated(const at::Tensor& images, double degrees, const at::Generator& generator) {
    const double most = degrees * std::numbers::pi / 180;
    const at::Tensor angle = uniform(images.size(0), -most, most, generator);
    const at::Tensor cosine = at::cos(angle), sine = at::sin(angle), zero = at::zeros_like(angle);
    // The grid runs over -1 … 1 on both axes: what is not square is turned as it looks.
    const double ratio = static_cast<double>(images.size(2)) / static_cast<double>(images.size(3));
    const at::Tensor turn = at::stack({cosine, -sine * ratio, zero, sine / ratio, cosine, zero}, 1).reshape({-1, 2, 3});
    constexpr std::int64_t bilinear = 0, zeros_around = 0;
    return at::grid_sampler(images, at::affine_grid_generator(turn, images.sizes(), false), bilinear, zeros_around, false);
}

// A square about a centre anywhere in the image is 0.
at::Tensor cut_out(const at::Tensor& images, std::int64_t size, const at::Generator& generator) {
    const std::int64_t rows = images.size(0);
    const auto inside = [&](std::int64_t extent) {
        const at::Tensor first = (below(rows, extent, generator) - size / 2).unsqueeze(1);
        const at::Tensor place = at::arange(extent, at::kLong).unsqueeze(0);
        return place.ge(first).logical_and(place.lt(first + size));
    };
    const at::Tensor vertical = inside(images.size(2)), horizontal = inside(images.size(3));
    const at::Tensor square = vertical.reshape({rows, 1, -1, 1}).logical_and(horizontal.reshape({rows, 1, 1, -1}));
    return images.masked_fill(square, 0);
}

}  // namespace

ImageAugmentation::ImageAugmentation(const nlohmann::json& parts) {
    for (const nlohmann::json& part : parts) {
        const auto name = part.at("part").get<std::string>();
        const nlohmann::json& params = part.at("params");
        if (name == "flip") {
            const double share = params.at("share");
            for (const auto& [direction, axis] : {std::pair{"horizontal", 3}, std::pair{"vertical", 2}}) {
                if (params.at(direction).get<bool>()) {
                    changes_.emplace_back(
                        [axis = axis, share](const at::Tensor& x, const at::Generator& g) { return flipped_along(axis, x, share, g); });
                }
            }
        } else if (name == "crop") {
            changes_.emplace_back(
                [padding = params.at("padding").get<std::int64_t>()](const at::Tensor& x, const at::Generator& g) { return cropped(x, padding, g); });
        } else if (name == "rotate") {
            changes_.emplace_back(
                [degrees = params.at("degrees").get<double>()](const at::Tensor& x, const at::Generator& g) { return rotated(x, degrees, g); });
        } else if (name == "cutout") {
            changes_.emplace_back(
                [size = params.at("size").get<std::int64_t>()](const at::Tensor& x, const at::Generator& g) { return cut_out(x, size, g); });
        } else if (name != "noise" && name != "mixup") {
            throw BackendError("the library of networks knows no augmentation `" + name + "`: it was built for another version of mlpc");
        }
    }
}

at::Tensor ImageAugmentation::changed(at::Tensor images, const at::Generator& generator) const {
    for (const Change& change : changes_) {
        images = change(images, generator);
    }
    return images;
}

RowAugmentation::RowAugmentation(const nlohmann::json& parts) {
    for (const nlohmann::json& part : parts) {
        if (part.at("part") == "noise") {
            noise_ = part.at("params").at("sd");
        } else if (part.at("part") == "mixup") {
            mixup_ = part.at("params").at("alpha");
        }
    }
}

RowAugmentation::Mixed RowAugmentation::change(std::vector<at::Tensor>& inputs, const at::Generator& generator) const {
    for (at::Tensor& input : inputs) {
        if (noise_ > 0 && input.is_floating_point()) {
            input = input + at::empty(input.sizes()).normal_(0, noise_, generator);
        }
    }
    if (mixup_ == 0) {
        return {};
    }
    // Beta(a, a) is the first of a pair with the Dirichlet distribution of (a, a).
    Mixed mixed{.share = at::_sample_dirichlet(at::full({1, 2}, mixup_, at::kDouble), generator)[0][0].item<double>(),
                .partner = at::randperm(inputs.front().size(0), generator, at::kLong)};
    for (at::Tensor& input : inputs) {
        if (!input.is_floating_point()) {
            throw BackendError("`mixup` takes means of rows, and words and categories have none: leave it out, or give the network numbers only");
        }
        input = input * mixed.share + input.index_select(0, mixed.partner) * (1 - mixed.share);
    }
    return mixed;
}

}  // namespace mlpc::networks
