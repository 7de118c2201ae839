#include "compiler/diagnostics/fixes.h"

#include <algorithm>
#include <tuple>

namespace mlpc {

namespace {

bool same_change(const Fix& a, const Fix& b) { return a.span == b.span && a.replacement == b.replacement; }

bool overlap(const Fix& a, const Fix& b) {
    if (!(a.span.file == b.span.file)) {
        return false;
    }
    const bool both_insert = a.span.begin == a.span.end && b.span.begin == b.span.end;
    return both_insert ? a.span.begin == b.span.begin : a.span.begin < b.span.end && b.span.begin < a.span.end;
}

// Two diagnostics may ask for the very same change; it is made once and heals both.
bool fits(const Fix& fix, const std::vector<Fix>& accepted) {
    return std::none_of(accepted.begin(), accepted.end(), [&](const Fix& other) { return overlap(fix, other) && !same_change(fix, other); });
}

void accept(const Fix& fix, std::vector<Fix>& accepted) {
    if (std::none_of(accepted.begin(), accepted.end(), [&](const Fix& other) { return same_change(fix, other); })) {
        accepted.push_back(fix);
    }
}

// Right to left, so that the offsets of the fixes still to come stay true.
std::string fixed_text(FileId file, const std::vector<Fix>& sorted, const Sources& sources) {
    std::string text = sources.text(file);
    for (auto fix = sorted.rbegin(); fix != sorted.rend(); ++fix) {
        if (fix->span.file == file) {
            text.replace(fix->span.begin, fix->span.end - fix->span.begin, fix->replacement);
        }
    }
    return text;
}

// Each list is applied whole or not at all.
FixResult apply_lists(const std::vector<const std::vector<Fix>*>& lists, const Sources& sources) {
    FixResult result;
    std::vector<Fix> accepted;
    for (const std::vector<Fix>* fixes : lists) {
        if (fixes->empty()) {
            continue;
        }
        const bool all_fit = std::all_of(fixes->begin(), fixes->end(), [&](const Fix& fix) { return fits(fix, accepted); });
        ++(all_fit ? result.applied : result.left);
        if (all_fit) {
            std::for_each(fixes->begin(), fixes->end(), [&](const Fix& fix) { accept(fix, accepted); });
        }
    }
    const auto key = [](const Fix& fix) { return std::make_tuple(fix.span.file.index, fix.span.begin, fix.span.end); };
    std::sort(accepted.begin(), accepted.end(), [&](const Fix& a, const Fix& b) { return key(a) < key(b); });
    for (const Fix& fix : accepted) {
        if (result.files.empty() || !(result.files.back().file == fix.span.file)) {
            result.files.push_back({fix.span.file, fixed_text(fix.span.file, accepted, sources)});
        }
    }
    return result;
}

}  // namespace

FixResult apply_fixes(const std::vector<Diagnostic>& diagnostics, const Sources& sources) {
    std::vector<const std::vector<Fix>*> lists;
    for (const Diagnostic& diagnostic : diagnostics) {
        lists.push_back(&diagnostic.fixes);
    }
    return apply_lists(lists, sources);
}

FixResult apply_fixes(const std::vector<Fix>& fixes, const Sources& sources) {
    std::vector<std::vector<Fix>> single;
    std::vector<const std::vector<Fix>*> lists;
    single.reserve(fixes.size());
    for (const Fix& fix : fixes) {
        lists.push_back(&single.emplace_back(std::vector{fix}));
    }
    return apply_lists(lists, sources);
}

}  // namespace mlpc
