// CPU time of a small convolutional network, ours; networks.py runs it beside PyTorch's on the same images.
// Usage: network_speed FILE TRAINED TESTED; FILE holds floats: 28 × 28 cells of each image, then its class. Prints the seconds of each epoch and
// the accuracy on the tested images.
#include "stdlib/networks/backend.h"
#include "stdlib/networks/build_network.h"
#include "stdlib/stdlib.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>

namespace {

using namespace mlpc;
using namespace mlpc::networks;

constexpr std::size_t cells = 28 * 28, classes = 10;

struct Images {
    std::vector<float> pixels;
    std::vector<std::int64_t> labels;

    std::size_t rows() const { return labels.size(); }
    InputRows input() const { return {rows(), {{.width = cells, .numbers = pixels.data()}}}; }
};

Images read(std::ifstream& file, std::size_t rows) {
    Images images;
    for (std::size_t row = 0; row < rows; ++row) {
        float image[cells + 1];
        file.read(reinterpret_cast<char*>(image), sizeof(image));
        images.pixels.insert(images.pixels.end(), image, image + cells);
        images.labels.push_back(static_cast<std::int64_t>(image[cells]));
    }
    return images;
}

std::string small_network() {
    const Json layers =
        Json::array({layer("image"), layer("conv", {{"channels", 32}}), layer("relu"), layer("max_pool"), layer("conv", {{"channels", 64}}),
                     layer("relu"), layer("max_pool"), layer("flatten"), layer("dense", {{"units", 128}}), layer("relu"), layer("dropout")});
    const TensorShape numbers{TensorShape::Kind::Numbers, {cells}};
    return described(network({input_of_all()}, layers, {.optimiser = part("adam"), .epochs = 3, .batch = 64}), {numbers}, standard_library())
        .network.dump();
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    std::ifstream file(arguments.at(0), std::ios::binary);
    const Images trained = read(file, std::stoull(arguments.at(1))), tested = read(file, std::stoull(arguments.at(2)));
    std::clock_t begin = std::clock();
    const std::function<void(const Epoch&)> print = [&](const Epoch&) {
        fmt::print("{}\n", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        begin = std::clock();
    };
    Backend& torch = backend();
    begin = std::clock();
    const auto network = torch.train({.network = small_network(),
                                      .outputs = classes,
                                      .fitted = trained.input(),
                                      .truth = {.classes = trained.labels.data()},
                                      .seed = 1,
                                      .epoch_ended = &print});
    std::vector<float> given(tested.rows() * classes);
    network->predict(tested.input(), given.data());
    std::size_t right = 0;
    for (std::size_t row = 0; row < tested.rows(); ++row) {
        const auto first = given.begin() + static_cast<std::ptrdiff_t>(row * classes);
        right += std::max_element(first, first + classes) - first == tested.labels[row] ? 1 : 0;
    }
    fmt::print("{}\n", static_cast<double>(right) / static_cast<double>(tested.rows()));
}
