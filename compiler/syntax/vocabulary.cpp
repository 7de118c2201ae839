#include "compiler/syntax/vocabulary.h"

#include <algorithm>

namespace mlpc::syntax {

using Words = std::vector<std::string>;

const Words& declaration_words() {
    static const Words words = {"edition", "import", "param",  "seed",      "seeds",   "data", "check",    "split",  "pipeline", "network",
                                "source",  "model",  "search", "objective", "compare", "fit",  "evaluate", "report", "save",     "allow"};
    return words;
}

const Words& clause_words(Block block) {
    static const Words none = {};
    static const Words split = {"test", "folds", "outer", "duplicates"};
    static const Words source = {"sha256", "trained on", "licence", "input", "normalise", "features at"};
    static const Words search = {"method", "maximize", "minimize",   "prune",    "where",      "first",
                                 "budget", "batch",    "stop early", "failures", "executions", "on"};
    static const Words evaluate = {"on", "metrics", "errors by", "gate"};
    static const Words train = {"epochs",       "batch",   "stop early",      "hold",       "schedule", "clip", "loss",
                                "class_weight", "augment", "most parameters", "most memory"};
    switch (block) {
        case Block::Split:
            return split;
        case Block::Source:
            return source;
        case Block::Search:
            return search;
        case Block::Evaluate:
            return evaluate;
        case Block::Train:
            return train;
        case Block::None:
        case Block::Schema:
        case Block::Rules:
        case Block::Branches:
        case Block::Network:
            return none;
    }
    return none;
}

std::string_view block_name(Block block) {
    switch (block) {
        case Block::None:
            return "this place";
        case Block::Schema:
            return "a `data` block";
        case Block::Rules:
            return "a `check` block";
        case Block::Split:
            return "a `split` block";
        case Block::Branches:
            return "a `pipeline` block";
        case Block::Network:
            return "a `network` block";
        case Block::Source:
            return "a `source` block";
        case Block::Search:
            return "a `search` block";
        case Block::Evaluate:
            return "an `evaluate` block";
        case Block::Train:
            return "a `train` block";
    }
    return "this place";
}

const Words& modifier_words() {
    static const Words words = {"target", "id", "group", "time", "weight", "optional", "in", "positive", "transform", "known after"};
    return words;
}

const std::vector<SplitWord>& split_words() {
    static const std::vector<SplitWord> words = {{"stratified", false}, {"grouped", false}, {"shuffled", false},
                                                 {"seed", true},        {"repeat", true},   {"gap", true}};
    return words;
}

bool contains(const Words& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

}  // namespace mlpc::syntax
