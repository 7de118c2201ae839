#include "runtime/core/error.h"
#include "stdlib/pretrained/pretrained.h"
#include "stdlib/pretrained/text_input.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

namespace mlpc::pretrained {

namespace {

RowInput numbers_of(const Source& source, const Frame& x) {
    const auto image = source.image();
    if (image && static_cast<std::size_t>(image->cells()) != x.columns()) {
        throw RunError(fmt::format("`{}` expects {}, so {} columns, and is given {}", source.name, to_string(*image), image->cells(), x.columns()));
    }
    RowInput input{x.columns(), std::vector<float>(x.rows() * x.columns()), {}};
    for (std::size_t c = 0; c < x.columns(); ++c) {
        if (!holds_numbers(x.column(c).type)) {
            throw RunError(fmt::format("`{}` expects numbers, and `{}` is {}", source.name, x.column(c).name, name_of(x.column(c).type)));
        }
        for (std::size_t row = 0; row < x.rows(); ++row) {
            input.numbers[row * x.columns() + c] = static_cast<float>(x.number(row, c));
        }
    }
    return input;
}

}  // namespace

bool takes_texts(const Source& source) {
    const ComponentInfo* format = standard_library().find(ComponentKind::Pretrained, source.format);
    const ColumnTypes accepts = format == nullptr ? 0 : format->accepts;
    // A format that may hold networks of either kind says by its vocabulary that this one reads texts.
    const bool either = (accepts & number_types) != 0;
    return (accepts & types_of({ColumnType::Text})) != 0 && (!either || !source.params.value("vocabulary", std::string()).empty());
}

RowInput row_input(const Source& source, const Frame& x) { return takes_texts(source) ? text_codes(source, x) : numbers_of(source, x); }

void normalise(const Source& source, RowInput& input) {
    const Normalisation by = source.normalisation();
    const std::size_t channels = source.image() ? static_cast<std::size_t>(source.image()->extents.at(2)) : 1;
    std::vector<float> scale(channels), shift(channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const double sd = by.sd.empty() ? 1 : by.sd.at(by.sd.size() == 1 ? 0 : c);
        const double mean = by.mean.empty() ? 0 : by.mean.at(by.mean.size() == 1 ? 0 : c);
        scale[c] = static_cast<float>(1 / (by.divide * sd));
        shift[c] = static_cast<float>(-mean / sd);
    }
    for (std::size_t i = 0; i < input.numbers.size(); ++i) {
        input.numbers[i] = input.numbers[i] * scale[i % channels] + shift[i % channels];
    }
}

}  // namespace mlpc::pretrained
