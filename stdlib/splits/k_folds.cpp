#include "runtime/core/error.h"
#include "stdlib/splits/group_assignment.h"

#include <fmt/format.h>

namespace mlpc {
namespace {

struct KFoldParams {
    std::int64_t k = 5;
    bool shuffled = true;
};

const Schema<KFoldParams>& k_fold_schema() {
    static const Schema<KFoldParams> schema = {
        field(&KFoldParams::k, {.name = "k", .doc = "How many folds", .valid = {.low = 2}}),
        field(&KFoldParams::shuffled, {.name = "shuffled", .doc = "Whether rows are dealt in random order instead of the order of the file"}),
    };
    return schema;
}

class KFoldSplitter : public Splitter {
public:
    explicit KFoldSplitter(const KFoldParams& params) : shuffled_(params.shuffled), k_(static_cast<std::size_t>(params.k)) {}

    std::vector<Part> split(const SplitInput& input, Rng rng) const final {
        if (input.rows < k_) {
            throw RunError(fmt::format("{} rows can't be dealt to {} folds: take fewer folds", input.rows, k_));
        }
        return parts_of_folds(fold_of_rows(input, rng), k_);
    }

protected:
    virtual std::vector<std::uint32_t> fold_of_rows(const SplitInput&, Rng&) const = 0;
    std::size_t k() const { return k_; }
    std::vector<double> equal_shares() const { return std::vector<double>(k_, 1.0 / static_cast<double>(k_)); }

    const bool shuffled_;

private:
    const std::size_t k_;
};

class KFold final : public KFoldSplitter {
    using KFoldSplitter::KFoldSplitter;

    // Runs of rows; the first rows % k folds have one more.
    std::vector<std::uint32_t> fold_of_rows(const SplitInput& input, Rng& rng) const override {
        const RowIndex order = row_order(input.rows, shuffled_, rng);
        const std::size_t size = input.rows / k(), larger = input.rows % k();
        std::vector<std::uint32_t> fold(input.rows);
        for (std::size_t i = 0; i < order.size(); ++i) {
            const bool in_larger = i < larger * (size + 1);
            fold[order[i]] = static_cast<std::uint32_t>(in_larger ? i / (size + 1) : larger + (i - larger * (size + 1)) / size);
        }
        return fold;
    }
};

class StratifiedKFold final : public KFoldSplitter {
    using KFoldSplitter::KFoldSplitter;

    // Rows sorted by class are dealt like cards, which fixes how many of each class a fold gets: within one of its share, and the
    // folds within one of each other. Which rows they are is then the order of the rows.
    std::vector<std::uint32_t> fold_of_rows(const SplitInput& input, Rng& rng) const override {
        const DenseCodes strata = dense_codes(complete_codes(input.strata, input, "class"));
        check_smallest_stratum(strata, k());
        std::vector<std::vector<std::size_t>> wanted(strata.count(), std::vector<std::size_t>(k(), 0));
        std::size_t dealt = 0;
        for (std::size_t stratum = 0; stratum < strata.count(); ++stratum) {
            for (std::size_t i = 0; i < strata.rows[stratum]; ++i) {
                ++wanted[stratum][dealt++ % k()];
            }
        }
        std::vector<std::uint32_t> filling(strata.count(), 0);
        std::vector<std::uint32_t> fold(input.rows);
        for (const std::uint32_t row : row_order(input.rows, shuffled_, rng)) {
            const std::uint32_t stratum = strata.code[row];
            while (wanted[stratum][filling[stratum]] == 0) {
                ++filling[stratum];
            }
            fold[row] = filling[stratum];
            --wanted[stratum][filling[stratum]];
        }
        return fold;
    }
};

class GroupedKFold final : public KFoldSplitter {
    using KFoldSplitter::KFoldSplitter;

    std::vector<std::uint32_t> fold_of_rows(const SplitInput& input, Rng& rng) const override {
        const DenseCodes groups = dense_codes(complete_codes(input.groups, input, "group"));
        return deal_groups(groups, nullptr, equal_shares(), shuffled_, rng);
    }
};

class StratifiedGroupedKFold final : public KFoldSplitter {
    using KFoldSplitter::KFoldSplitter;

    std::vector<std::uint32_t> fold_of_rows(const SplitInput& input, Rng& rng) const override {
        const DenseCodes groups = dense_codes(complete_codes(input.groups, input, "group"));
        const DenseCodes strata = dense_codes(complete_codes(input.strata, input, "class"));
        check_smallest_stratum(strata, k());
        return deal_groups(groups, &strata, equal_shares(), shuffled_, rng);
    }
};

template <class S>
ComponentInfo k_fold_info() {
    ComponentInfo info;
    info.kind = ComponentKind::Splitter;
    info.params = specs_of(k_fold_schema());
    info.make_splitter = [](const ParamValues& values) { return std::make_unique<S>(read_params(k_fold_schema(), values)); };
    return info;
}

}  // namespace

void add_k_folds(Catalog& catalog) {
    ComponentInfo plain = k_fold_info<KFold>();
    plain.name = "k_fold";
    plain.summary = "Folds of equal size, each scored once by what the others teach";
    plain.source = "Stone 1974, Cross-validatory choice and assessment of statistical predictions";
    plain.example = "folds 5";
    catalog.add(std::move(plain));

    ComponentInfo stratified = k_fold_info<StratifiedKFold>();
    stratified.name = "stratified_k_fold";
    stratified.summary = "Folds of equal size with the class shares of the whole";
    stratified.source = "Kohavi 1995, A study of cross-validation and bootstrap for accuracy estimation and model selection";
    stratified.example = "folds 5 stratified";
    catalog.add(std::move(stratified));

    ComponentInfo grouped = k_fold_info<GroupedKFold>();
    grouped.name = "grouped_k_fold";
    grouped.summary = "Folds of similar size that keep the rows of a group together";
    grouped.example = "folds 5 grouped";
    catalog.add(std::move(grouped));

    ComponentInfo both = k_fold_info<StratifiedGroupedKFold>();
    both.name = "stratified_grouped_k_fold";
    both.summary = "Folds that keep the rows of a group together and come near to the class shares of the whole";
    both.example = "folds 5 stratified grouped";
    catalog.add(std::move(both));
}

}  // namespace mlpc
