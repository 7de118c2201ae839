// A network that is saved predicts as before, and a file that was changed is refused.
#include "runtime/core/error.h"
#include "stdlib/networks/network_model.h"
#include "tests/reference/model_testing.h"
#include "tests/unit/networks/recording_backend.h"

#include <gtest/gtest.h>

namespace mlpc::networks {
namespace model_archive_test {

Json mixed_network() {
    return Json::parse(R"({
        "inputs": [
            {"select": {"type": "numeric"}, "except": [], "layers": []},
            {"select": {"type": "category"}, "except": [], "layers": [{"layer": "embedding", "id": 1, "params": {"size": 2}, "chains": []}]},
            {"select": {"type": "text"}, "except": [], "layers": [
                {"layer": "tokens", "id": 2, "params": {"length": 3, "least": 1}, "chains": []},
                {"layer": "embedding", "id": 3, "params": {"size": 2}, "chains": []},
                {"layer": "flatten", "id": 4, "params": {}, "chains": []}]}],
        "then": [{"layer": "dense", "id": 5, "params": {"units": 3}, "chains": []}],
        "train": {"optimiser": {"part": "adam", "params": {}}, "epochs": 2, "batch": 8, "stop_early": null, "hold": 0.1, "schedule": null,
                  "clip": null, "loss": null, "class_weight": "none", "augment": [], "most_parameters": null, "most_memory": null}})");
}

Frame mixed_frame() {
    return Frame({Column::of_numbers("age", {1, 2, 30, 31}), Column::of_texts("city", {"Ulm", "Bonn", "Ulm", "Kiel"}),
                  Column::of_texts("note", {"red car", "green car", "red bus", "no bus"}, ColumnType::Text)},
                 4);
}

std::unique_ptr<FittedModel> fitted(const Json& network = mixed_network()) {
    FitContext context{.rng = Rng::of_seed(1), .cancelled = nullptr};
    return make_network_model(network, "net", recording_backend)->fit(mixed_frame(), labels_of(2, {0, 0, 1, 1}), context);
}

std::unique_ptr<FittedModel> read(const std::vector<std::byte>& bytes) {
    auto state = blank_network_model(recording_backend);
    Archive reader = Archive::reader(bytes);
    state->archive(reader);
    return state;
}

std::vector<std::byte> replaced(std::vector<std::byte> bytes, const std::string& what, const std::string& by) {
    const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    EXPECT_EQ(what.size(), by.size());
    for (std::size_t i = 0; i < by.size(); ++i) {
        bytes[at + i] = static_cast<std::byte>(by[i]);
    }
    return bytes;
}

TEST(NetworkArchive, PredictsAsBefore) {
    const auto state = fitted();
    const std::vector<std::byte> bytes = state_of(*state);
    const auto again = read(bytes);
    EXPECT_EQ(state->predict(mixed_frame()).probabilities, again->predict(mixed_frame()).probabilities);
    EXPECT_EQ(state_of(*again), bytes);
    EXPECT_TRUE(again->epochs().empty());
}

TEST(NetworkArchive, RefusesAChangedDescription) {
    const std::vector<std::byte> bytes = state_of(*fitted());
    EXPECT_THROW(read(replaced(bytes, "\"units\":3", "\"units\":9")), RunError);
    EXPECT_THROW(read(replaced(bytes, "\"units\":3", "\"units\":-")), RunError);
    EXPECT_THROW(read(replaced(bytes, "\"dense\"", "\"densx\"")), RunError);
    EXPECT_THROW(read(replaced(bytes, "\"levels\":[3]", "\"levels\":[9]")), RunError);
    EXPECT_THROW(read(replaced(bytes, "\"then\"", "\"thin\"")), RunError);
    EXPECT_THROW(read(replaced(bytes, "\"length\":3", "\"length\":7")), RunError);
}

TEST(NetworkArchive, RefusesEveryCutAndSurvivesEveryChangedByte) {
    const std::vector<std::byte> bytes = state_of(*fitted());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_THROW(read({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}), RunError) << size;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::vector<std::byte> changed = bytes;
        changed[i] ^= std::byte{0x41};
        try {
            read(changed)->predict(mixed_frame());
        } catch (const RunError&) {
            continue;
        }
    }
}

TEST(NetworkArchive, RefusesLayersThatItHasNoWeightsFor) {
    Json wide = mixed_network();
    wide["then"][0]["params"]["units"] = 2000;
    EXPECT_THROW(read(state_of(*fitted(wide))), RunError);
}

TEST(NetworkArchive, RefusesNestingThatWouldEndTheStack) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "[";
    }
    Archive writer = Archive::writer();
    std::string name = "net";
    writer.field("component", name);
    writer.field("network", deep);
    const auto bytes = writer.bytes();
    EXPECT_THROW(read({bytes.begin(), bytes.end()}), RunError);
}

}  // namespace model_archive_test
}  // namespace mlpc::networks
