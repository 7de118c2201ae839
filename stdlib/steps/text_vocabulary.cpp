#include "stdlib/steps/text_vocabulary.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::text {

namespace {

// How often each term stands in the rows, and in how many of them.
struct Frequencies {
    std::vector<std::uint64_t> rows, occurrences;
};

Frequencies frequencies_of(const Frame& x, std::size_t c, const Terms& terms, bool binary) {
    Frequencies found{.rows = std::vector<std::uint64_t>(terms.spellings.size()), .occurrences = std::vector<std::uint64_t>(terms.spellings.size())};
    for (std::size_t row = 0; row < x.rows(); ++row) {
        const std::int32_t text = x.code(row, c);
        if (text == missing_code) {
            continue;
        }
        for (std::uint64_t i = terms.offsets[static_cast<std::size_t>(text)]; i < terms.offsets[static_cast<std::size_t>(text) + 1]; ++i) {
            ++found.rows[terms.ids[i]];
            found.occurrences[terms.ids[i]] += binary ? 1 : terms.counts[i];
        }
    }
    return found;
}

std::vector<std::uint32_t> terms_within(const Frequencies& found, const VocabularyLimits& limits, std::size_t rows) {
    const auto count = static_cast<double>(rows);
    const double least = limits.min_rows < 1 ? limits.min_rows * count : limits.min_rows;
    const double most = limits.max_share <= 1 ? limits.max_share * count : limits.max_share;
    std::vector<std::uint32_t> kept;
    for (std::uint32_t term = 0; term < found.rows.size(); ++term) {
        const auto with_term = static_cast<double>(found.rows[term]);
        if (found.rows[term] > 0 && with_term >= least && with_term <= most) {
            kept.push_back(term);
        }
    }
    if (!limits.max_words || kept.size() <= static_cast<std::size_t>(*limits.max_words)) {
        return kept;
    }
    std::stable_sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) { return found.occurrences[a] > found.occurrences[b]; });
    kept.resize(static_cast<std::size_t>(*limits.max_words));
    std::sort(kept.begin(), kept.end());
    return kept;
}

// For each term of the texts its position in the vocabulary, -1 where it has none; both are in order.
std::vector<std::int32_t> positions_in(const Levels& vocabulary, const Levels& spellings) {
    std::vector<std::int32_t> positions(spellings.size(), -1);
    std::size_t next = 0;
    for (std::size_t position = 0; position < vocabulary.size(); ++position) {
        next = static_cast<std::size_t>(
            std::lower_bound(spellings.begin() + static_cast<std::ptrdiff_t>(next), spellings.end(), vocabulary[position]) - spellings.begin());
        if (next < spellings.size() && spellings[next] == vocabulary[position]) {
            positions[next] = static_cast<std::int32_t>(position);
        }
    }
    return positions;
}

}  // namespace

Vocabulary learn_vocabulary(const Frame& x, std::size_t c, const Analysis& analysis, const VocabularyLimits& limits, std::string_view component) {
    const std::shared_ptr<const Terms> terms = terms_of(x.column(c).levels, analysis);
    const Frequencies found = frequencies_of(x, c, *terms, limits.binary);
    Vocabulary vocabulary{.column = x.column(c).name, .terms = {}, .row_counts = {}};
    for (const std::uint32_t term : terms_within(found, limits, x.rows())) {
        vocabulary.terms.push_back(terms->spellings[term]);
        vocabulary.row_counts.push_back(static_cast<double>(found.rows[term]));
    }
    if (vocabulary.terms.empty()) {
        const bool had_some = std::any_of(found.rows.begin(), found.rows.end(), [](std::uint64_t count) { return count > 0; });
        throw RunError(fmt::format("`{}` finds no term in the {} rows of column `{}` that it is fitted on: {}", component, x.rows(), x.column(c).name,
                                   had_some
                                       ? "`min_rows` and `max_share` leave none; lower the first or raise the second"
                                       : "their texts are empty, or hold nothing but stop words and single letters; leave the column out, or count "
                                         "its `characters: 1..3`"));
    }
    return vocabulary;
}

Frame count_terms(const Frame& x, const std::vector<Vocabulary>& vocabularies, const std::vector<std::string>& names, const Analysis& analysis,
                  const Weigh& weigh) {
    std::vector<std::shared_ptr<const Terms>> terms;
    std::vector<std::vector<std::int32_t>> positions;
    for (std::size_t c = 0; c < vocabularies.size(); ++c) {
        terms.push_back(terms_of(x.column(c).levels, analysis));
        positions.push_back(positions_in(vocabularies[c].terms, terms.back()->spellings));
    }
    auto cells = std::make_shared<SparseRows>();
    cells->columns = names.size();
    cells->offsets.reserve(x.rows() + 1);
    std::vector<std::uint32_t> found;
    std::vector<double> counts;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        std::size_t offset = 0;
        for (std::size_t c = 0; c < vocabularies.size(); offset += vocabularies[c++].terms.size()) {
            const std::int32_t text = x.code(row, c);
            if (text == missing_code) {
                continue;
            }
            found.clear();
            counts.clear();
            const auto code = static_cast<std::size_t>(text);
            for (std::uint64_t i = terms[c]->offsets[code]; i < terms[c]->offsets[code + 1]; ++i) {
                if (const std::int32_t position = positions[c][terms[c]->ids[i]]; position >= 0) {
                    found.push_back(static_cast<std::uint32_t>(position));
                    counts.push_back(terms[c]->counts[i]);
                }
            }
            weigh(c, found, counts);
            for (const std::uint32_t position : found) {
                cells->indices.push_back(static_cast<std::uint32_t>(offset) + position);
            }
            cells->values.insert(cells->values.end(), counts.begin(), counts.end());
        }
        cells->offsets.push_back(cells->indices.size());
    }
    cells->indices.shrink_to_fit();  // what grew by doubling is kept for as long as the frame is
    cells->values.shrink_to_fit();
    return Frame::from_sparse(std::move(cells), names);
}

std::vector<std::string> names_of(const std::vector<Vocabulary>& vocabularies) {
    std::vector<std::string> names;
    for (const Vocabulary& vocabulary : vocabularies) {
        for (const std::string& term : vocabulary.terms) {
            names.push_back(vocabulary.column + "=" + term);
        }
    }
    return names;
}

void require_consistent(const Vocabulary& vocabulary, std::string_view component) {
    const bool ascending = std::adjacent_find(vocabulary.terms.begin(), vocabulary.terms.end(), std::greater_equal<>()) == vocabulary.terms.end();
    if (!ascending || vocabulary.row_counts.size() != vocabulary.terms.size()) {
        throw RunError(fmt::format("the saved state of `{}` has a vocabulary that is not in order; save the model again", component));
    }
}

void normalise(std::span<double> cells, Norm norm) {
    if (norm == Norm::None) {
        return;
    }
    double sum = 0;
    for (const double cell : cells) {
        sum += norm == Norm::L2 ? cell * cell : std::abs(cell);
    }
    if (sum == 0) {
        return;
    }
    const double length = norm == Norm::L2 ? std::sqrt(sum) : sum;
    for (double& cell : cells) {
        cell /= length;
    }
}

}  // namespace mlpc::text
