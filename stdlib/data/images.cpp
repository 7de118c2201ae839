#include "stdlib/data/source.h"

namespace mlpc {

namespace {

struct ImagesParams {
    std::string path;
    std::vector<ParamValue> size;
};

}  // namespace

void add_images(Catalog& catalog) {
    ComponentInfo info = sources::source(
        "images",
        "Reads the PNG and JPEG files below a folder, a folder a class, into `label`, `file` (where the schema asks for it) and the pixels from 0 "
        "to 255: `pixel_ROW_COLUMN` of grey images, `pixel_ROW_COLUMN_CHANNEL` where one of them has colours",
        "images(\"data/leaves\", size: [32, 32])",
        specs_of<ImagesParams>(
            {field(&ImagesParams::path, {.name = "path", .doc = sources::path_doc}),
             field(
                 &ImagesParams::size,
                 {.name = "size", .doc = "Height and width that every image is brought to by averaging areas; left out, all must be of one size"})}));
    info.source = "ISO/IEC 15948 (PNG), ISO/IEC 10918 (JPEG)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
