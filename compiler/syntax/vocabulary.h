// The contextual words of the language by the place where each is one; the layout filter, messages and completion read them here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

enum class Block : std::uint8_t { None, Schema, Rules, Split, Branches, Network, Source, Search, Evaluate, Train };

// The words that may begin a declaration.
const std::vector<std::string>& declaration_words();

// The words that may begin a line of the block, those of two words joined by a space; empty where lines are not clauses.
const std::vector<std::string>& clause_words(Block block);

// What the block is called in messages: "a `search` block".
std::string_view block_name(Block block);

// The words that may follow a column's type.
const std::vector<std::string>& modifier_words();

// The words that may follow the value of a `test`, `folds` or `outer` line, and whether each takes a value.
struct SplitWord {
    std::string word;
    bool takes_value = false;
};
const std::vector<SplitWord>& split_words();

bool contains(const std::vector<std::string>& words, std::string_view word);

}  // namespace mlpc::syntax
