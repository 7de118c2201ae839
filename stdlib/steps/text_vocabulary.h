// The terms that a component of text columns has learned, and how often they stand in rows.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/steps/text_terms.h"

#include <optional>

namespace mlpc::text {

// Which terms become columns.
struct VocabularyLimits {
    double min_rows = 1;
    double max_share = 1;
    std::optional<std::int64_t> max_words;
    bool binary = false;
};

template <class P>
Schema<P> vocabulary_fields() {
    return {
        field<P, double>(&P::min_rows, {.name = "min_rows",
                                        .doc = "Terms in fewer rows are left out; below 1 it is a share of the rows",
                                        .valid = {.low = 0},
                                        .search = {.low = 1, .high = 10, .log = true}}),
        field<P, double>(&P::max_share, {.name = "max_share",
                                         .doc = "Terms in a larger share of the rows are left out; above 1 it is a number of rows",
                                         .valid = {.low = 0, .open_low = true},
                                         .search = {.low = 0.3, .high = 1}}),
        field<P, std::optional<std::int64_t>>(&P::max_words, {.name = "max_words",
                                                              .doc = "Only so many terms become columns, those that stand most often in the rows, of "
                                                                     "equals the first by alphabet; `none`: all of them",
                                                              .valid = {.low = 1},
                                                              .search = {.low = 1000, .high = 50'000, .log = true}}),
        field<P, bool>(&P::binary, {.name = "binary", .doc = "Whether a term stands in the row at all, in place of how often"}),
    };
}

// The terms of one column.
struct Vocabulary {
    std::string column;
    Levels terms;                    // ascending
    std::vector<double> row_counts;  // rows with the term, of those that it was learned from

    void archive(Archive& a) {
        a.field("column", column);
        a.field("terms", terms);
        a.field("row_counts", row_counts);
    }
};

// Throws RunError, naming `component`, where no term is left.
Vocabulary learn_vocabulary(const Frame& x, std::size_t c, const Analysis&, const VocabularyLimits&, std::string_view component);

// Counts of each vocabulary's terms in its column, side by side; `weigh` then changes the cells of one row and one column of texts:
// (which vocabulary, the terms' positions in it, the cells).
using Weigh = std::function<void(std::size_t, std::span<const std::uint32_t>, std::span<double>)>;
Frame count_terms(const Frame& x, const std::vector<Vocabulary>&, const std::vector<std::string>& names, const Analysis&, const Weigh& weigh);

// `COLUMN=TERM` for each column that count_terms gives.
std::vector<std::string> names_of(const std::vector<Vocabulary>&);

// Throws RunError where an archived vocabulary is not in order.
void require_consistent(const Vocabulary&, std::string_view component);

enum class Norm { L2, L1, None };
// So that the squares, or the absolute values, of the row's cells add up to one; a row of zeros stays.
void normalise(std::span<double> cells, Norm);

template <class A>
void archive_analysis(Archive& a, A& analysis) {
    a.field("least_words", analysis.words.low);
    a.field("most_words", analysis.words.high);
    a.field("least_characters", analysis.characters.low);
    a.field("most_characters", analysis.characters.high);
    a.field("lowercase", analysis.lowercase);
    a.field("strip_accents", analysis.strip_accents);
    bool english = analysis.stop_words == StopWords::English;
    a.field("english_stop_words", english);
    analysis.stop_words = english ? StopWords::English : StopWords::None;
}

}  // namespace mlpc::text
