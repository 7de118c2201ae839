#include "stdlib/pretrained/module_encoder.h"

#include "runtime/core/error.h"
#include "runtime/core/network.h"
#include "stdlib/networks/backend.h"
#include "stdlib/pretrained/contents.h"
#include "stdlib/pretrained/open_when_asked.h"

namespace mlpc::pretrained {

namespace {

class ModuleEncoder final : public RowEncoder {
public:
    explicit ModuleEncoder(Source source)
        : source_(std::move(source)), encoder_(networks::backend().open(Json{{"source", to_text(source_)}}.dump())) {}
    std::size_t width() const override { return static_cast<std::size_t>(encoder_->width()); }
    void encode(const Frame& x, float* out) const override {
        const RowInput input = row_input(source_, x);
        const networks::InputCells cells{.width = input.width,
                                         .numbers = input.codes.empty() ? input.numbers.data() : nullptr,
                                         .codes = input.codes.empty() ? nullptr : input.codes.data()};
        try {
            encoder_->encode({.rows = x.rows(), .inputs = {cells}}, out);
        } catch (const networks::BackendError& error) {
            throw RunError(source_.name + ": " + error.what());
        }
    }

private:
    Source source_;
    std::unique_ptr<networks::Encoder> encoder_;
};

std::shared_ptr<const RowEncoder> opened(Source source) {
    try {
        source.contents = contents_of(source);
        return std::make_shared<ModuleEncoder>(std::move(source));
    } catch (const networks::NetworkError& error) {
        throw RunError(error.what());
    } catch (const networks::BackendError& error) {
        throw RunError(error.what());
    }
}

}  // namespace

const Schema<NumbersParams>& input_schema() {
    static const Schema<NumbersParams> fields{
        field(&NumbersParams::input, {.name = "input",
                                      .doc = "What a row is: [height, width, channels] of an image, or [count] of numbers; in a `source` block "
                                             "`input image(28, 28, 1)` or `input numbers(8)`"}),
        field(&NumbersParams::divide,
              {.name = "divide", .doc = "Every number is divided by this first: 255 makes 0..1 of bytes", .valid = {.low = 0, .open_low = true}}),
        field(&NumbersParams::mean, {.name = "mean", .doc = "What is then subtracted, one number or one a channel"}),
        field(&NumbersParams::sd, {.name = "sd", .doc = "By what is then divided, one number or one a channel"}),
        field(&NumbersParams::features_at,
              {.name = "features_at",
               .doc = "The layer whose numbers are taken instead of those that come out at the end; in a `source` block `features at \"LAYER\"`"}),
    };
    return fields;
}

std::shared_ptr<const RowEncoder> module_encoder(const ComponentInfo& format, const std::string& path, const ParamValues& values) {
    return open_when_asked(source_of(format, path, values), opened);
}

}  // namespace mlpc::pretrained
