#include "runtime/core/expression_functions.h"

#include <algorithm>

namespace mlpc::expressions {

namespace {

const std::vector<Function>& aggregates() {
    using enum ArgumentKind;
    static const std::vector<Function> list{
        {"rows", 0, 0, {Any}, ResultKind::Number, nullptr},      {"count", 1, 1, {Truth}, ResultKind::Number, nullptr},
        {"share", 1, 1, {Truth}, ResultKind::Number, nullptr},   {"missing", 1, 1, {Any}, ResultKind::Number, nullptr},
        {"unique", 1, 100, {Any}, ResultKind::Truth, nullptr},   {"mean", 1, 1, {Number}, ResultKind::Number, nullptr},
        {"sd", 1, 1, {Number}, ResultKind::Number, nullptr},     {"min", 1, 1, {Number}, ResultKind::Number, nullptr},
        {"max", 1, 1, {Number}, ResultKind::Number, nullptr},    {"sum", 1, 1, {Number}, ResultKind::Number, nullptr},
        {"median", 1, 1, {Number}, ResultKind::Number, nullptr}, {"classes", 1, 1, {Any}, ResultKind::Number, nullptr},
    };
    return list;
}

const Function* find(const std::vector<Function>& list, std::string_view name) {
    const auto at = std::find_if(list.begin(), list.end(), [&](const Function& f) { return f.name == name; });
    return at == list.end() ? nullptr : &*at;
}

}  // namespace

const Function* find_function(std::string_view name) {
    for (const auto* list : {&number_functions(), &choosing_functions(), &date_functions(), &text_functions()}) {
        if (const Function* found = find(*list, name)) {
            return found;
        }
    }
    return nullptr;
}

const Function* find_aggregate_function(std::string_view name) { return find(aggregates(), name); }

}  // namespace mlpc::expressions

namespace mlpc {

const std::vector<std::string>& row_wise_functions() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        using namespace expressions;
        for (const auto* list : {&number_functions(), &choosing_functions(), &date_functions(), &text_functions()}) {
            for (const Function& function : *list) {
                all.emplace_back(function.name);
            }
        }
        return all;
    }();
    return names;
}

const std::vector<std::string>& aggregate_functions() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const expressions::Function& function : expressions::aggregates()) {
            all.emplace_back(function.name);
        }
        return all;
    }();
    return names;
}

}  // namespace mlpc
