#include "runtime/core/component.h"

#include <bit>
#include <cmath>
#include <unordered_map>

namespace mlpc {

namespace {

// The bits by which two cells are compared: every missing number alike, and -0 as 0.
std::uint64_t identity_of(const Frame& x, std::size_t row, std::size_t c) {
    if (!holds_numbers(x.column(c).type)) {
        return static_cast<std::uint32_t>(x.code(row, c));
    }
    const double number = x.number(row, c);
    return std::isnan(number) ? std::bit_cast<std::uint64_t>(missing_number) : std::bit_cast<std::uint64_t>(number + 0.0);
}

// splitmix64's finaliser (Steele, Lea, Flood 2014).
std::uint64_t mix(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    return bits ^ (bits >> 31);
}

std::vector<std::uint64_t> row_hashes(const Frame& x) {
    std::vector<std::uint64_t> hashes(x.rows(), 0);
    for (std::size_t c = 0; c < x.columns(); ++c) {
        for (std::size_t row = 0; row < x.rows(); ++row) {
            hashes[row] = mix(hashes[row] + 0x9e3779b97f4a7c15ULL + identity_of(x, row, c));
        }
    }
    return hashes;
}

bool are_equal(const Frame& x, std::size_t a, std::size_t b) {
    for (std::size_t c = 0; c < x.columns(); ++c) {
        if (identity_of(x, a, c) != identity_of(x, b, c)) {
            return false;
        }
    }
    return true;
}

class DropDuplicates : public RowSelector {
public:
    RowIndex select(const Frame& x) const override {
        const std::vector<std::uint64_t> hashes = row_hashes(x);
        std::unordered_map<std::uint64_t, RowIndex> kept_by_hash;
        kept_by_hash.reserve(x.rows());
        RowIndex kept;
        for (std::size_t row = 0; row < x.rows(); ++row) {
            RowIndex& alike = kept_by_hash[hashes[row]];
            bool is_new = true;
            for (const std::uint32_t earlier : alike) {
                is_new = is_new && !are_equal(x, earlier, row);
            }
            if (is_new) {
                alike.push_back(static_cast<std::uint32_t>(row));
                kept.push_back(static_cast<std::uint32_t>(row));
            }
        }
        return kept;
    }
};

}  // namespace

void add_drop_duplicates(Catalog& catalog) {
    ComponentInfo info;
    info.name = "drop_duplicates";
    info.kind = ComponentKind::Step;
    info.summary = "Keeps the first of rows that are equal in every column; two missing cells count as equal";
    info.source = "Projection of the relational algebra: Codd, Communications of the ACM 13 (1970)";
    info.example = "drop_duplicates()";
    info.positional = 0;
    info.effect = always(Effect::RowSelecting);
    info.takes_missing = true;
    info.make_row_selector = [](const ParamValues&) { return std::make_unique<DropDuplicates>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
