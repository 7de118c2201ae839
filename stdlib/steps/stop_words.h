// Words so common that they tell little of what a text is about.
#pragma once

#include <string_view>

namespace mlpc::text {

// The 318 English stop words of the Glasgow Information Retrieval Group, in the form in which scikit-learn lists them.
bool is_english_stop_word(std::string_view word);

}  // namespace mlpc::text
