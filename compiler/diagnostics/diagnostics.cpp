#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <tuple>

namespace mlpc {

namespace {

auto sort_key(const Diagnostic& d) {
    return std::make_tuple(d.span.file.index, d.span.begin, d.span.end, std::string_view(d.kind.code), std::string_view(d.message));
}

// The optimal string alignment distance: insertion, deletion, substitution, or a swap of neighbours, each costs 1.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, substituted});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) {
                current[j] = std::min(current[j], before_last[j - 2] + 1);
            }
        }
        before_last.swap(last);
        last.swap(current);
    }
    return last[b.size()];
}

}  // namespace

const std::vector<DiagnosticKind>& all_diagnostics() {
    static const std::vector<DiagnosticKind> all{
#define MLPC_DIAG(name, ...) diag::name,
#include "compiler/diagnostics/diagnostics.def"
    };
    return all;
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
    list_.push_back(std::move(diagnostic));
    return list_.back();
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::vector<Diagnostic> result = list_;
    std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) { return sort_key(a) < sort_key(b); });
    const auto same = [](const Diagnostic& a, const Diagnostic& b) { return sort_key(a) == sort_key(b); };
    result.erase(std::unique(result.begin(), result.end(), same), result.end());
    return result;
}

bool Diagnostics::has_errors() const {
    return std::any_of(list_.begin(), list_.end(), [](const Diagnostic& d) { return d.kind.severity == Severity::Error; });
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates) {
    std::size_t best_distance = wanted.size() / 3 + 1;
    std::string best;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(wanted, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

}  // namespace mlpc
