// Small components with state, to test saved pipelines without the standard library.
#pragma once

#include "runtime/core/component.h"
#include "runtime/model/fitted_pipeline.h"

namespace mlpc::test {

// Steps `center` and `encode`, models `line` (regression) and `sign` (binary).
const Catalog& fake_catalog();
// income and age centered, plan encoded: input → two selections → steps → concatenate → model.
FittedPipeline regression_pipeline();
FittedPipeline classification_pipeline();
// age, plan, income (in another order than trained), and a column that the model does not know.
Frame raw_rows();

}  // namespace mlpc::test
