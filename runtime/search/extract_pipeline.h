// The fitted steps and the model of one stage in one place, as a pipeline that predicts from raw columns.
#pragma once

#include "runtime/engine/engine.h"
#include "runtime/model/fitted_pipeline.h"

namespace mlpc {

// Fits what has to be fitted. `schema` is that of the file. Throws RunError where a fit fails, Cancelled.
FittedPipeline extract_pipeline(Engine&, const Experiment&, DataId data, NodeId prediction, const Context&, const Assignment&,
                                const std::vector<ColumnRequest>& schema);

}  // namespace mlpc
