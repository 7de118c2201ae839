// A trained experiment's winner: the fitted steps and the model as a small graph that predicts from raw columns; what `save` writes.
#pragma once

#include "runtime/core/component.h"
#include "runtime/core/fitted_flow.h"
#include "runtime/core/look_back.h"
#include "runtime/core/target_transform.h"
#include "runtime/io/read.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct FittedPipeline {
    struct Node {
        enum class Kind { Input, Select, Apply, Concatenate, Predict, LookBack };
        Kind kind = Kind::Input;
        std::vector<std::uint32_t> inputs;  // earlier nodes
        std::vector<std::string> columns;   // Select: by name, in order
        std::string component;              // Apply, Predict, LookBack: its name in the catalog
        std::shared_ptr<FittedStep> step;
        std::shared_ptr<FittedModel> model;
        std::vector<FlowShape> learners;  // Apply, Predict: models that are arguments of the component
        LookBack look_back;               // LookBack
        bool takes_sparse = false;        // Apply, Predict: as the catalog says
    };
    std::vector<Node> nodes;            // the last is the Predict
    std::vector<ColumnRequest> schema;  // of the raw data, the target included
    std::string target;
    TargetTransform transform = TargetTransform::None;  // the model predicts this function of the target; the pipeline turns it back
    std::string provenance;                             // JSON: file, its sha256, seed, winner, scores, mlpc version
    // Columns, the target perhaps among them, that it reads of earlier rows: rows to predict need the rows before them in the same table.
    std::vector<std::string> history() const;
    // One for every row, in order. Throws RunError where a column is absent or of another type.
    Prediction predict(const Frame& raw) const;
};

// One file: magic, format version, JSON header (graph, schema, provenance), binary states, SHA-256 of all before it. No code in it.
// Written to a temporary file beside `path`, synced, renamed.
void save_pipeline(const FittedPipeline&, const std::string& path);
// Refuses a damaged, truncated or newer file, an unknown component, sizes that do not fit; throws RunError. Never crashes on hostile bytes.
FittedPipeline load_pipeline(const std::string& path, const Catalog&);
// The provenance alone, without a look at the states.
std::string saved_provenance(const std::string& path);
// The same bytes without a file, for the run store; `origin` names them in messages.
std::string pipeline_bytes(const FittedPipeline&);
FittedPipeline pipeline_from_bytes(std::string_view bytes, const std::string& origin, const Catalog&);

}  // namespace mlpc
