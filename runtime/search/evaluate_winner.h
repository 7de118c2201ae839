// Opens the rows that were held out: the winner, refitted on the training rows, is scored on them once.
#pragma once

#include "runtime/core/results.h"
#include "runtime/engine/engine.h"
#include "runtime/search/prepare.h"

namespace mlpc {

struct Evaluation {
    Engine& engine;
    const Experiment& experiment;
    const Catalog& catalog;
    const PreparedData& data;
    const SearchSpec& search;
    const EvaluateSpec& evaluate;
    const Stage& stage;
    Context place;
    const Assignment& assignment;
    RowParts scored, fitted;
};
// Fills test_scores, train_scores, dummy_scores, confusion and slices. Throws RunError where the fit fails.
void evaluate_winner(const Evaluation&, SeedRecord&);

}  // namespace mlpc
