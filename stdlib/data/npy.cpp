#include "stdlib/data/source.h"

namespace mlpc {

namespace {

struct NpyParams {
    std::string path, x = "x", y;
};

}  // namespace

void add_npy(Catalog& catalog) {
    ComponentInfo info = sources::source(
        "npy", "Reads NumPy arrays into the columns `x1`, `x2`, … (further dimensions side by side) and `target`",
        "npy(\"data/digits.npz\", x: \"images\", y: \"labels\")",
        specs_of<NpyParams>({field(&NpyParams::path, {.name = "path", .doc = "An `.npy` or `.npz` file, relative to the experiment's file"}),
                             field(&NpyParams::x, {.name = "x", .doc = "Of an `.npz` file, the array of features"}),
                             field(&NpyParams::y, {.name = "y", .doc = "The targets: an array of the `.npz` file, or the path of an `.npy` file"})}));
    info.source = "NEP 1: A Simple File Format for NumPy Arrays (2007)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
