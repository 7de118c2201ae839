// What a text encoder is given for a row: the codes of the pieces of its text.
#pragma once

#include "stdlib/pretrained/pretrained.h"
#include "stdlib/pretrained/word_piece.h"

namespace mlpc::pretrained {

// The vocabulary in that file; the same object for the same bytes in one process. Throws RunError.
std::shared_ptr<const WordPiece> open_vocabulary(const std::string& path);
// The vocabulary that a source names with its parameter `vocabulary`, or else `tokenizer.json` or `vocab.txt`, in the folder of its file.
// Throws RunError where there is none.
std::string vocabulary_path(const std::string& network_path, const std::string& named);

// Throws RunError unless there is one column, of texts; `name`: the network's.
void require_one_text(const Frame&, const std::string& name);
// What decides besides its own file what a source gives for a row: the vocabulary and the configuration beside it.
std::vector<std::string> files_beside(const Source&);

// As wide as the longest text; a missing one is empty. Throws as require_one_text.
RowInput text_codes(const WordPiece&, const Frame&, std::size_t length, const std::string& name);
// By the source's parameters `vocabulary` and `length`.
RowInput text_codes(const Source&, const Frame&);

}  // namespace mlpc::pretrained
