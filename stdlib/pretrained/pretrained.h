// A pre-trained network as a value: which file, in which format, and what the experiment says of it. As JSON it is the parameter `source` of
// the step and of the layer `pretrained`:
//   {"name": TEXT, "format": NAME, "path": TEXT, "sha256": TEXT, "params": {NAME: VALUE…}, "width": N | null, "contents": CONTENTS | null}
//   CONTENTS = {"network": a described network, "offset": N, "size": N}, where it is a network of ours: where in the file its weights lie
#pragma once

#include "runtime/core/component.h"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlpc::pretrained {

using Json = nlohmann::json;

// What turns the numbers of an image into those that the network was trained on: (x / divide - mean) / sd, by channel.
struct Normalisation {
    double divide = 1;
    std::vector<double> mean, sd;  // one a channel; empty: 0, 1
};
struct Source {
    std::string name;    // by which the file calls it: its columns are NAME_1, NAME_2, …
    std::string format;  // a Pretrained of the catalog
    std::string path;
    std::string sha256;                 // that the file must have; empty: any
    Json params = Json::object();       // of the format's component, by name, all but `path`
    std::optional<std::int64_t> width;  // numbers that it gives for a row, where that is known already
    Json contents;                      // where the file has been looked into, and the module needs to know what is in it

    std::string features_at() const;           // the layer whose numbers are taken; empty: what it gives
    std::optional<TensorShape> image() const;  // that it expects; nullopt: numbers or texts as they come
    Normalisation normalisation() const;
};
Json to_json(const Source&);
std::string to_text(const Source&);
// Throws RunError where the text is no source.
Source source_from(const std::string& text);
// The file as a source of its own, called by its name.
Source source_of(const ComponentInfo& format, const std::string& path, const ParamValues&);

// Throws RunError where there is no such format.
const ComponentInfo& format_of(const Source&);
// Whether it is given texts, and numbers otherwise.
bool takes_texts(const Source&);

// What a row gives the network: numbers, or codes where it takes texts (of words, 0 where the text has ended). Row by row.
struct RowInput {
    std::size_t width = 0;
    std::vector<float> numbers;
    std::vector<std::int64_t> codes;
};
// The columns as they are: an image's in order row, column, channel, not normalised. Throws RunError where they do not fit what it expects.
RowInput row_input(const Source&, const Frame&);
// The numbers of row_input as the network itself expects them; for networks that do not normalise what they are given.
void normalise(const Source&, RowInput&);

// The network in the file, whose SHA-256 is compared with what the source says; the same object for the same source in one process, which may
// be opened only when a row is asked for (open_when_asked.h). Throws RunError.
std::shared_ptr<const RowEncoder> open(const Source&);
// That its file is there and has the SHA-256 that the source says, without opening the network. Throws RunError.
void check_file(const Source&);
// What its file is not opened for, but can be asked all the same: the SHA-256 that it has now, remembered while the file is unchanged.
std::string file_sha256(const std::string& path);
// The SHA-256 of each file that decides besides its own what it gives for a row, a vocabulary and a configuration, by its name from the folder
// of its own. Throws RunError where there is no vocabulary.
std::map<std::string, std::string> hashes_beside(const Source&);
// The source with its width and its contents.
Source measured(Source);
// A resolved network whose sources have their widths, so that its shapes can be inferred.
Json measured(const Json& network);

}  // namespace mlpc::pretrained
