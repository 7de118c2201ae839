#include "runtime/core/error.h"
#include "stdlib/splits/fold_assignment.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {
namespace {

// One fold per code, in order of the codes.
class FoldsByCode final : public Splitter {
public:
    explicit FoldsByCode(std::string what) : what_(std::move(what)) {}

    std::vector<Part> split(const SplitInput& input, Rng) const override {
        const std::vector<std::int32_t>& codes = complete_codes(input.groups, input, what_);
        std::vector<std::int32_t> distinct = codes;
        std::sort(distinct.begin(), distinct.end());
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        if (distinct.size() < 2) {
            throw RunError(fmt::format("the column holds {} {}{}, and at least 2 are needed: one is scored by what the others teach", distinct.size(),
                                       what_, distinct.size() == 1 ? "" : "s"));
        }
        std::vector<std::uint32_t> fold;
        fold.reserve(codes.size());
        for (const std::int32_t code : codes) {
            fold.push_back(static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), code) - distinct.begin()));
        }
        return parts_of_folds(fold, distinct.size());
    }

private:
    std::string what_;
};

ComponentInfo folds_by_code(const std::string& what) {
    ComponentInfo info;
    info.kind = ComponentKind::Splitter;
    info.make_splitter = [what](const ParamValues&) { return std::make_unique<FoldsByCode>(what); };
    return info;
}

}  // namespace

void add_folds_by_code(Catalog& catalog) {
    ComponentInfo groups = folds_by_code("group");
    groups.name = "leave_one_group";
    groups.summary = "A fold per group: each is scored by what all the others teach";
    groups.example = "folds leave one group";
    catalog.add(std::move(groups));

    ComponentInfo given = folds_by_code("fold");
    given.name = "by_column";
    given.summary = "The folds that a column gives, one per distinct value";
    given.example = "folds by fold";
    catalog.add(std::move(given));
}

}  // namespace mlpc
