#include "stdlib/networks/layers/layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::layers {

namespace {

std::string name_of_kind(Kind kind) {
    switch (kind) {
        case Kind::Numbers:
            return "numbers";
        case Kind::Codes:
            return "categories";
        case Kind::Texts:
            return "a text";
        case Kind::Image:
            return "an image";
        case Kind::Sequence:
            return "a sequence";
        case Kind::Tokens:
            return "the words of a text";
    }
    return {};
}

std::string listed(std::initializer_list<Kind> kinds) {
    std::string text;
    std::size_t left = kinds.size();
    for (const Kind kind : kinds) {
        text += name_of_kind(kind);
        --left;
        text += left > 1 ? ", " : left == 1 ? " or " : "";
    }
    return text;
}

// "image(28, 28)" where so many numbers are a square.
std::string image_of(std::int64_t count) {
    const auto side = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(std::max<std::int64_t>(count, 0)))));
    if (count > 0 && side * side == count) {
        return fmt::format("image({0}, {0})", side);
    }
    const auto third = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(std::max<std::int64_t>(count, 0)) / 3)));
    return count > 0 && third * third * 3 == count ? fmt::format("image({0}, {0}, 3)", third) : "image(height, width)";
}

std::string before_numbers(std::initializer_list<Kind> takes, const TensorShape& in) {
    const auto has = [&](Kind kind) { return std::find(takes.begin(), takes.end(), kind) != takes.end(); };
    if (has(Kind::Image)) {
        return fmt::format("put `{}` before it", image_of(in.extents.front()));
    }
    return has(Kind::Sequence) ? "put `sequence(steps)` before it" : "give it columns that are categories, or `tokens()` of a text";
}

std::string remedy(std::initializer_list<Kind> takes, const TensorShape& in) {
    const auto has = [&](Kind kind) { return std::find(takes.begin(), takes.end(), kind) != takes.end(); };
    switch (in.kind) {
        case Kind::Numbers:
            return before_numbers(takes, in);
        case Kind::Codes:
            return has(Kind::Texts) ? "give it a column of type text" : "put `embedding(8)` before it";
        case Kind::Texts:
            return has(Kind::Tokens) ? "put `tokens()` before it" : "put `tokens()` and `embedding(64)` before it";
        case Kind::Tokens:
            return has(Kind::Texts) ? "it stands there once" : "put `embedding(64)` before it";
        case Kind::Image:
        case Kind::Sequence:
            break;
    }
    if (has(Kind::Numbers)) {
        return "put `flatten` or `global_average_pool` before it";
    }
    if (has(Kind::Sequence)) {
        return "put `flatten` and `sequence(steps)` before it";
    }
    return has(Kind::Image) ? "put `flatten` and `image(height, width)` before it" : "it stands at the beginning of a branch";
}

}  // namespace

std::int64_t product(std::initializer_list<std::int64_t> factors) {
    std::int64_t all = 1;
    for (const std::int64_t factor : factors) {
        if (factor == TensorShape::unknown) {
            return TensorShape::unknown;
        }
        std::int64_t next = 0;
        all = __builtin_mul_overflow(all, factor, &next) ? most_cells : std::min(next, most_cells);
    }
    return all;
}

std::int64_t sum(std::initializer_list<std::int64_t> terms) {
    std::int64_t all = 0;
    for (const std::int64_t term : terms) {
        if (term == TensorShape::unknown) {
            return TensorShape::unknown;
        }
        all = std::min(all + term, most_cells);
    }
    return all;
}

TensorShape numbers(std::int64_t width) { return {Kind::Numbers, {width}}; }
TensorShape image(std::int64_t height, std::int64_t width, std::int64_t channels) { return {Kind::Image, {height, width, channels}}; }
TensorShape sequence(std::int64_t steps, std::int64_t channels) { return {Kind::Sequence, {steps, channels}}; }

std::int64_t channels_of(const TensorShape& shape) { return shape.extents.back(); }
TensorShape with_channels(TensorShape shape, std::int64_t channels) {
    shape.extents.back() = channels;
    return shape;
}

bool is_one_of(const TensorShape& shape, std::initializer_list<Kind> kinds) {
    return std::find(kinds.begin(), kinds.end(), shape.kind) != kinds.end();
}
bool is_numeric(const TensorShape& shape) { return is_one_of(shape, {Kind::Numbers, Kind::Image, Kind::Sequence}); }

std::string refusal(const std::string& layer, std::initializer_list<Kind> takes, const TensorShape& in) {
    return fmt::format("`{}` takes {}, and gets {}: {}", layer, listed(takes), to_string(in), remedy(takes, in));
}
std::string refusal_of_all_but_numeric(const std::string& layer, const TensorShape& in) {
    return refusal(layer, {Kind::Numbers, Kind::Image, Kind::Sequence}, in);
}

ComponentInfo part_info(ComponentKind kind, About about, std::vector<ParamSpec> params) {
    ComponentInfo info;
    info.kind = kind;
    info.name = std::move(about.name);
    info.summary = std::move(about.summary);
    info.source = std::move(about.source);
    info.example = std::move(about.example);
    info.params = std::move(params);
    info.positional = about.positional;
    return info;
}

Shaped same_shape(const std::string& layer, const TensorShape& in) {
    if (!is_numeric(in)) {
        return refusal_of_all_but_numeric(layer, in);
    }
    return LayerShape{in, 0};
}

}  // namespace mlpc::layers
