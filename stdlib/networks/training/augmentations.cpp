// Augmentations: random changes of the rows that a network is trained on, anew in every epoch, and never of rows that it predicts.
#include "stdlib/networks/layers/layer.h"

namespace mlpc {

namespace {

using namespace layers;

struct FlipParams {
    bool horizontal = true, vertical = false;
    double share = 0.5;
};
struct CropParams {
    std::int64_t padding = 2;
};
struct RotateParams {
    double degrees = 10;
};
struct CutoutParams {
    std::int64_t size = 8;
};
struct NoiseParams {
    double sd = 0.1;
};
struct MixupParams {
    double alpha = 0.2;
};

const Schema<FlipParams>& flip_schema() {
    static const Schema<FlipParams> fields{
        field(&FlipParams::horizontal, {.name = "horizontal", .doc = "Whether left and right change sides"}),
        field(&FlipParams::vertical, {.name = "vertical", .doc = "Whether top and bottom change sides"}),
        field(&FlipParams::share, {.name = "share",
                                   .doc = "Share of the images that it happens to, for each direction by itself",
                                   .valid = {.low = 0, .high = 1},
                                   .search = {.low = 0, .high = 0.5}}),
    };
    return fields;
}
const Schema<CropParams>& crop_schema() {
    static const Schema<CropParams> fields{
        field(&CropParams::padding, {.name = "padding",
                                     .doc = "By how many pixels the image moves at most, up, down, left or right; what comes in is 0",
                                     .valid = {.low = 1, .high = 1'024},
                                     .search = {.low = 1, .high = 6}}),
    };
    return fields;
}
const Schema<RotateParams>& rotate_schema() {
    static const Schema<RotateParams> fields{
        field(&RotateParams::degrees, {.name = "degrees",
                                       .doc = "By how much the image turns at most, to the left or to the right",
                                       .valid = {.low = 0, .high = 180, .open_low = true},
                                       .search = {.low = 2, .high = 30}}),
    };
    return fields;
}
const Schema<CutoutParams>& cutout_schema() {
    static const Schema<CutoutParams> fields{
        field(&CutoutParams::size, {.name = "size",
                                    .doc = "How many pixels the square is high and wide",
                                    .valid = {.low = 1, .high = 1'024},
                                    .search = {.low = 2, .high = 16}}),
    };
    return fields;
}
const Schema<NoiseParams>& noise_schema() {
    static const Schema<NoiseParams> fields{
        field(&NoiseParams::sd, {.name = "sd",
                                 .doc = "Standard deviation of what is added",
                                 .valid = {.low = 0, .open_low = true},
                                 .search = {.low = 0.01, .high = 0.5, .log = true}}),
    };
    return fields;
}
const Schema<MixupParams>& mixup_schema() {
    static const Schema<MixupParams> fields{
        field(&MixupParams::alpha, {.name = "alpha",
                                    .doc = "The share of the one row is drawn from a beta distribution with this parameter twice",
                                    .valid = {.low = 0, .open_low = true},
                                    .search = {.low = 0.1, .high = 1}}),
    };
    return fields;
}

// `takes`: of what the input is made.
template <class P>
ComponentInfo augmentation_info(const About& about, const Schema<P>& schema, std::initializer_list<Kind> takes) {
    ComponentInfo info = part_info(ComponentKind::Augmentation, about, specs_of(schema));
    const std::vector<Kind> kinds = takes;
    info.layer_shape = [name = about.name, kinds](const ParamValues&, const TensorShape& in, const std::vector<TensorShape>&) -> Shaped {
        for (const Kind kind : kinds) {
            if (in.kind == kind) {
                return LayerShape{in, 0};
            }
        }
        return kinds.size() == 1 ? refusal(name, {Kind::Image}, in) : refusal_of_all_but_numeric(name, in);
    };
    return info;
}

}  // namespace

void add_augmentations(Catalog& catalog) {
    const std::initializer_list<Kind> images{Kind::Image}, any{Kind::Numbers, Kind::Image, Kind::Sequence};
    catalog.add(augmentation_info({.name = "flip",
                                   .summary = "Mirrors some of the images",
                                   .source = "Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional networks, NIPS (2012)",
                                   .example = "flip(horizontal: true)"},
                                  flip_schema(), images));
    catalog.add(augmentation_info({.name = "crop",
                                   .summary = "Moves each image by a few pixels, as a crop of it with zeros around",
                                   .source = "He, Zhang, Ren, Sun: Deep residual learning for image recognition, CVPR (2016)",
                                   .example = "crop(padding: 2)"},
                                  crop_schema(), images));
    catalog.add(augmentation_info({.name = "rotate",
                                   .summary = "Turns each image about its centre, by bilinear interpolation",
                                   .source = "Simard, Steinkraus, Platt: Best practices for convolutional neural networks, ICDAR (2003)",
                                   .example = "rotate(degrees: 10)"},
                                  rotate_schema(), images));
    catalog.add(
        augmentation_info({.name = "cutout",
                           .summary = "Sets a square of each image to 0, anywhere, in part beyond its edge too",
                           .source = "DeVries, Taylor: Improved regularization of convolutional neural networks with cutout, arXiv 1708.04552 (2017)",
                           .example = "cutout(size: 8)"},
                          cutout_schema(), images));
    catalog.add(augmentation_info({.name = "noise",
                                   .summary = "Adds normal noise to every number that comes in",
                                   .source = "Bishop: Training with noise is equivalent to Tikhonov regularization, Neural Computation 7 (1995)",
                                   .example = "noise(sd: 0.1)"},
                                  noise_schema(), any));
    catalog.add(augmentation_info({.name = "mixup",
                                   .summary = "Takes weighted means of two rows and of their truths in place of rows",
                                   .source = "Zhang, Cisse, Dauphin, Lopez-Paz: mixup: Beyond empirical risk minimization, ICLR (2018)",
                                   .example = "mixup(alpha: 0.2)"},
                                  mixup_schema(), any));
}

}  // namespace mlpc
