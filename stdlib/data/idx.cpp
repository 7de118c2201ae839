#include "stdlib/data/source.h"

namespace mlpc {

namespace {

struct IdxParams {
    std::string path, labels;
};

}  // namespace

void add_idx(Catalog& catalog) {
    ComponentInfo info = sources::source(
        "idx", "Reads images of MNIST's format, plain or compressed, into the columns `pixel_ROW_COLUMN`, counted from 1, and the column `label`",
        "idx(\"train-images-idx3-ubyte.gz\", labels: \"train-labels-idx1-ubyte.gz\")",
        specs_of<IdxParams>(
            {field(&IdxParams::path, {.name = "path", .doc = sources::path_doc}),
             field(&IdxParams::labels, {.name = "labels",
                                        .doc = "The file of labels; left out, the one beside the images with `labels` and `idx1` in its name for "
                                               "`images` and `idx3`, as for a test file"})}));
    info.source = "LeCun, Cortes, Burges: The MNIST Database of Handwritten Digits (1998)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
